"""A frame by a chat model, for a question that the grammar cannot read; one call, checked against the data."""

from agents.base import Toolbox
from crm.errors import LLMTrouble
from crm.insight.form import FrameForm, frame_in, offered
from crm.insight.frame import QueryFrame
from crm.insight.question.refusal import CannotSay
from crm.insight.read import FigureReader, Refused
from crm.writing import form_sheet, prompt_in_use

TASK = "query_frame"
LONGEST = 600  # characters of a question that a model is asked about


def frame_by_model(question: str, refused: Refused, reader: FigureReader, tools: Toolbox) -> QueryFrame | Refused:
    """The frame that the model filled in, or why not; what is refused for good is not asked."""
    if tools.llm is None or refused.final or len(question) > LONGEST:
        return refused
    sheet = form_sheet(prompt_in_use(tools.playbook, TASK))
    records, values = offered(reader.held, question)
    asked = question.replace("<", "‹").replace(">", "›")
    facts = {"question": asked, "as_of": str(reader.as_of), "records": records, "values": values}
    try:
        return frame_in(
            tools.llm.fill(sheet.fill(facts, {}), FrameForm), reader.held, reader.lexicon.words, reader.as_of
        )
    except LLMTrouble as trouble:
        return reader.refused(f"{refused.because} (the model was asked, too: {str(trouble).rstrip('.')})", question)
    except CannotSay as wrong:
        return reader.refused(f"{refused.because}; read by the model, {wrong}", question)
