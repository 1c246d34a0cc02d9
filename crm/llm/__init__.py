"""The one door to a chat model. LangChain, and Google's own client, are spoken in this package only."""

from crm.llm.chat import ChatModel, open_llm
from crm.llm.door import LLM, Call, T
from crm.llm.fallback import Falling

__all__ = ["LLM", "Call", "ChatModel", "Falling", "T", "open_llm"]
