"""A browser's side of the wire without a browser: asks for a page, sends what no browser would."""

import json
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect

PATIENCE = 60


CARRIES = {
    "slider": "double_array_value",
    "button_group": "string_array_value",
    "multiselect": "string_array_value",
    "selectbox": "string_value",
    "text_input": "string_value",
    "number_input": "double_value",
    "checkbox": "bool_value",
}


def _carries(element, kind):
    if kind == "slider" and element.slider.type == Slider.SELECT_SLIDER:
        return "string_array_value"
    return CARRIES.get(kind, "")


class Wire:
    """One session with the app at `url`; `widgets` are the ids seen so far, with their fragments.

    `carries` says, by id, in which field of a message the widget's value travels. Options are those
    of the socket.
    """

    def __init__(self, url, query="", **options):
        parts = urlsplit(url)
        self.connecting = connect(
            f"ws://{parts.netloc}{parts.path}/_stcore/stream", subprotocols=["streamlit"],
            origin=f"{parts.scheme}://{parts.netloc}", max_size=None, **options,
        )  # fmt: skip
        self.widgets, self.carries, self.page, self.query = {}, {}, "", query
        self.kept, self.runs = {}, 0

    def __enter__(self):
        self.socket = self.connecting.__enter__()
        return self

    def __exit__(self, *error):
        self.connecting.__exit__(*error)

    def run(self, *states, fragment="", page_name=""):
        """Ask for a run and wait for its end; returns the texts of the exceptions it shows."""
        self.ask(*states, fragment=fragment, page_name=page_name)
        return self.rest()

    def ask(self, *states, fragment="", page_name=""):
        """Ask for a run, of all or of a fragment."""
        if not fragment:  # a browser keeps what one of the last two runs of the page has shown
            self.runs += 1
            self.kept = {k: kept for k, kept in self.kept.items() if kept[1] >= self.runs - 2}
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_script_hash = self.page
        message.rerun_script.page_name = page_name
        message.rerun_script.fragment_id = fragment
        message.rerun_script.widget_states.widgets.extend(states)
        message.rerun_script.cached_message_hashes.extend(self.kept)
        self.socket.send(message.SerializeToString())

    def rest(self):
        """Read until a run has ended that no other follows at once."""
        shown = []
        while True:
            message = self.socket.recv(timeout=PATIENCE)
            answer = ForwardMsg.FromString(message)
            if answer.WhichOneof("type") == "ref_hash":
                place = answer.metadata
                answer = ForwardMsg.FromString(self.kept[answer.ref_hash][0].SerializeToString())
                answer.metadata.CopyFrom(place)
            self.seen(answer, message)
            if answer.metadata.cacheable:
                self.kept[answer.hash] = answer, self.runs
            kind = answer.WhichOneof("type")
            if kind == "navigation":
                self.page = answer.navigation.page_script_hash
            elif kind == "delta":
                shown += self._element(answer.delta)
            elif kind == "script_finished":
                if answer.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    shown = []
                    continue
                return shown

    def seen(self, answer, message):
        """Called with every answer, and the message that it came in, for who wants more of it."""

    def _element(self, delta):
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            return [f"{element.exception.type}: {element.exception.message}"]
        found = getattr(element, kind).id if kind and hasattr(getattr(element, kind), "id") else ""
        found = found or delta.add_block.popover.id
        if found:
            self.widgets[found] = delta.fragment_id
            self.carries[found] = _carries(element, kind)
        return []

    def id_of(self, key):
        """The id of the widget with this key."""
        return next(found for found in self.widgets if found.endswith(f"-{key}"))

    def choice(self, field, value):
        """What a message says of a choice in the widget of a field of the scenario."""
        found = next(id for id in self.widgets if f"-scenario-{field}" in id)
        state, carries = WidgetState(id=found), self.carries[found]
        if carries.endswith("array_value"):
            values = value if isinstance(value, list) else [value]
            getattr(state, carries).data.extend(values)
        else:
            setattr(state, carries, value)
        return state

    def say(self, component, event, value):
        """Trigger an event of a component of our own, as its script would."""
        fragment = self.widgets[self.id_of(component)]
        return self.run(self.event(component, event, value), fragment=fragment)

    def event(self, component, event, value):
        """What a message says of an event."""
        state = WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{self.id_of(component)}__events")
        state.json_trigger_value = json.dumps([{"event": event, "value": value}])
        return state

    def hold(self, component, name, value):
        """Set a state of a component of our own, as its script would."""
        found = self.id_of(component)
        state = WidgetState(id=found, json_value=json.dumps({name: value}))
        return self.run(state, fragment=self.widgets[found])
