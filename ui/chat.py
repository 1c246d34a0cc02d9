"""The Ask tab: the conversation, and beside it the record that a source opens."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from crm.nouns import Question
from ui.faults import spoken
from ui.talk import Talk, paced
from ui.viewer import NOTHING_OPEN, opened
from ui.wire import on, run_js

if TYPE_CHECKING:
    from house import House

LONGEST_QUESTION = 100_000  # characters; a pasted thread is a question too
FOCUS = """() => {
  if (matchMedia('(pointer: fine)').matches) document.querySelector('#ask textarea')?.focus({preventScroll: true});
}"""  # not on a phone, where focus brings up the keyboard
SHOW_RECORD = """() => {
  if (innerWidth <= 900) document.querySelector('#record')?.scrollIntoView({behavior: 'smooth'});
}"""
# A source is opened by its button here or by its number in any answer of the chat.
OPENERS = """
const open = (turn, number) => trigger('click', {turn: Number(turn), number: Number(number)});
element.addEventListener('click', event => {
  const button = event.target.closest('.source');
  if (button) open(button.dataset.turn, button.dataset.number);
});
document.addEventListener('click', event => {
  const cite = event.target.closest('#chat a.cite');
  if (!cite) return;
  event.preventDefault();
  const [turn, number] = cite.hash.replace('#source-', '').split('-');
  open(turn, number);
});
"""


def converse(house: "House", talk: Talk, asked_by: str = "") -> Iterator[Talk]:
    """The talk growing by one answer, at most ten times a second."""
    question = Question(talk.asked, talk.turns, asked_by)
    for answer in paced(spoken(house.turn(question))):
        yield talk.grow(answer)


def starters(house: "House") -> list[dict[str, str]]:
    """Questions to begin with, as the chat takes them."""
    return [{"text": question} for question in house.starters()]


class AskTab:
    """The tab's components with what they do. `attach` comes last, when every way to ask is known."""

    def __init__(self, house: "House") -> None:
        import gradio as gr

        self.house = house
        self.talk, self.go = gr.State(Talk()), gr.State(False)
        self.asked_elsewhere: list[tuple[Any, Callable[..., str], list[Any]]] = []
        with gr.Row(elem_classes="desk"):
            with gr.Column(scale=7, min_width=360, elem_classes="conversation"):
                self.chat = gr.Chatbot(
                    elem_id="chat",
                    show_label=False,
                    container=False,
                    height="100%",
                    buttons=["copy"],
                    latex_delimiters=[],
                    allow_tags=False,
                    feedback_options=None,
                    allow_file_downloads=False,
                    examples=starters(house),  # type: ignore[arg-type]
                    placeholder="## Which conversations were real?\nAsk about an account, a person or one activity.",
                )
                with gr.Row(elem_classes="asking"):
                    self.box = gr.Textbox(
                        elem_id="ask",
                        show_label=False,
                        label="Your question",
                        placeholder="Ask about an account or an activity …",
                        lines=1,
                        max_lines=6,
                        max_length=LONGEST_QUESTION,
                        autofocus=True,
                        submit_btn=True,
                    )
                    self.anew = gr.Button("New conversation", size="sm", elem_id="anew", scale=0, min_width=60)
            with gr.Column(scale=5, min_width=360, elem_classes="viewer"):
                self.sources = gr.HTML(elem_id="sources", js_on_load=OPENERS, apply_default_css=False)
                self.record = gr.HTML(NOTHING_OPEN, elem_id="record", apply_default_css=False)

    def also_asked_by(self, trigger: Any, question: Callable[..., str], inputs: Sequence[Any]) -> None:
        """Another place in the window that asks; `question` makes the words of its inputs."""
        self.asked_elsewhere.append((trigger, question, list(inputs)))

    def attach(self) -> None:
        """Asking: take the question and draw it at once, then let the answer grow, then open its first source."""
        import gradio as gr

        def typed(text: str, talk: Talk) -> list[Any]:
            return self._taken(text, talk)

        def picked(choice: gr.SelectData, talk: Talk) -> list[Any]:
            value = choice.value
            return self._taken(value["text"] if isinstance(value, dict) else str(value), talk)

        def grow(talk: Talk, go: bool, request: gr.Request) -> Iterator[list[Any]]:
            if go:
                for grown in converse(self.house, talk, request.username or ""):
                    yield [grown, grown.bubbles()]

        def first(talk: Talk, go: bool) -> list[Any]:
            return self._first(talk) if go else [gr.skip()] * 3

        def source(talk: Talk, where: gr.EventData) -> list[str]:
            return self._view(talk, where.turn, where.number)

        taken = [self.box, self.talk, self.chat, self.go]
        starts = [
            on(self.box.submit, typed, [self.box, self.talk], taken),
            on(self.chat.example_select, picked, [self.talk], taken),
            on(self.chat.option_select, picked, [self.talk], taken),
            on(self.chat.retry, self._again, [self.talk], taken),
            *(on(way, self._asking(made), [*given, self.talk], taken) for way, made, given in self.asked_elsewhere),
        ]
        running = []
        for start in starts:
            grown = on(start.then, grow, [self.talk, self.go], [self.talk, self.chat])
            shown = on(grown.then, first, [self.talk, self.go], [self.box, self.sources, self.record])
            run_js(shown.then, FOCUS)
            running.append(grown)
        halted = [self.talk, self.chat, self.box, self.sources, self.record]
        on(self.box.stop, self._stopped, [self.talk], halted, cancels=running)
        opened_one = on(self.sources.click, source, [self.talk], [self.sources, self.record])
        run_js(opened_one.then, SHOW_RECORD)
        on(self.anew.click, _cleared, [], halted, cancels=running)
        on(self.chat.clear, _cleared, [], halted, cancels=running)

    def _asking(self, question: Callable[..., str]) -> Callable[..., list[Any]]:
        def asked(*given: Any) -> list[Any]:
            return self._taken(question(*given[:-1]), given[-1])

        return asked

    def _taken(self, text: str, talk: Talk) -> list[Any]:
        """The question moves from the box to the chat, unless there is none or one is under way."""
        import gradio as gr

        if talk.busy:
            gr.Info("One answer is still being written. Stop it, or wait for its end.")
            return [gr.skip(), gr.skip(), gr.skip(), False]
        if not text.strip():
            gr.Info("Type a question first, or choose one of the suggestions.")
            return [gr.skip(), gr.skip(), gr.skip(), False]
        asked = talk.ask(text.strip())
        return [_box(busy=True, empty=True), asked, asked.bubbles(), True]

    def _again(self, talk: Talk) -> list[Any]:
        import gradio as gr

        asked = talk.last_again()
        if asked is talk:
            return [gr.skip(), gr.skip(), gr.skip(), False]
        return [_box(busy=True), asked, asked.bubbles(), True]

    def _first(self, talk: Talk) -> list[Any]:
        """The box takes questions again; the newest answer's first source is open."""
        return [_box(busy=talk.busy), *self._view(talk, len(talk.turns) - 1, 0)]

    def _stopped(self, talk: Talk) -> list[Any]:
        """What was said so far stays, with its sources."""
        halted = talk.stop()
        return [halted, halted.bubbles(), *self._first(halted)]

    def _view(self, talk: Talk, turn: int, number: int) -> list[str]:
        if not 0 <= turn < len(talk.turns):
            return ["", NOTHING_OPEN]
        view = opened(self.house, talk.turns[turn].answer, turn, number)
        return [view.sources, view.record]


def _cleared() -> list[Any]:
    return [Talk(), [], _box(busy=False), "", NOTHING_OPEN]


def _box(busy: bool, empty: bool = False) -> Any:
    """The box with the button that fits: send, or stop while an answer grows."""
    import gradio as gr

    if empty:
        return gr.update(value="", submit_btn=not busy, stop_btn=busy)
    return gr.update(submit_btn=not busy, stop_btn=busy)
