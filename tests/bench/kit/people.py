"""People at the app without their browsers: real sockets, each with a scenario of its own."""

import random
import re
import socket
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.wire import Wire

EVERY = 4.0
"""Seconds from one change of a person to the next."""
DRAGGED = 5
"""Each so-manieth change is a drag of an input on the stage, which is heard when it is let go."""
SEEDS = 9999
"""How many networks there are to be shared among all, so that nobody finds another's work done."""
TOKEN = re.compile(rb'"token": ?"(-?[0-9a-f]+)"')


class Counting(socket.socket):
    """A socket that counts what it is sent, as it comes: compressed."""

    received = 0

    def recv(self, *arguments):
        data = super().recv(*arguments)
        self.received += len(data)
        return data


class Person(Wire):
    """One session: it goes through its `seeds`, and asks for the digest where the stage rests.

    On a page that has no stage it changes the seed alone.
    """

    def __init__(self, url, number, seeds, query="", **options):
        parts = urlsplit(url)
        plain = socket.create_connection((parts.hostname, parts.port), timeout=120)
        self.counter = Counting(fileno=plain.detach())
        self.number, self.seeds, self.changes, self.asked, self.token = number, seeds, 0, 0, ""
        super().__init__(url, query.format(seeds[0]), sock=self.counter, **options)

    def seen(self, answer, message):
        if b"backprop_stage" in message and (found := TOKEN.search(message)):
            self.token = found[1].decode()

    def change(self):
        """One change, and what the page asks because of it; seconds until the change is there."""
        self.changes += 1
        before = self.token
        start = time.perf_counter()
        if self.changes % DRAGGED == 0 and self.token:
            wrong = self._ask("drop", sample=0, inputs=[{"input": 0, "value": self.changes / 97}])
        else:
            found = self.id_of("seed")
            state = WidgetState(id=found)
            state.double_value = self.seeds[self.changes % len(self.seeds)]
            wrong = self.run(state, fragment=self.widgets[found])
        took = time.perf_counter() - start
        if self.token:
            if self.token == before:
                wrong.append("Nothing has changed.")
            wrong += self._ask("rest", operation="", selection="", ending=False)
        if wrong:
            raise RuntimeError("; ".join(wrong))
        return took

    def _ask(self, kind, **question):
        self.asked += 1
        whole = {"kind": kind, "number": self.asked, "token": self.token, "update": 0} | question
        return self.say("answers", "ask", {"client": f"p{self.number}", "questions": [whole]})


@dataclass
class Seen:
    """What so many people saw: seconds of each change and opening, what went wrong, bytes."""

    answers: list[float] = field(default_factory=list)
    openings: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    received: int = 0


def crowd(urls, count, seconds, query="seed={}", opened=None, within=0.0):
    """Let `count` people open the page within so many seconds, and change something for `seconds`.

    They are spread evenly over the `urls`, and nobody changes over.

    `opened` is called once when all are there, before the first of them changes anything.
    """
    seen, lock = Seen(), threading.Lock()
    here, each = threading.Barrier(count + 1), SEEDS // count

    def live(number):
        draw = random.Random(number)
        time.sleep(draw.uniform(0, within))
        try:
            start = time.perf_counter()
            url = urls[number % len(urls)]
            with Person(url, number, range(number * each, (number + 1) * each), query) as person:
                first = person.run()
                with lock:
                    seen.openings.append(time.perf_counter() - start)
                    seen.wrong += first
                here.wait(600)
                before, end = person.counter.received, time.perf_counter() + seconds
                time.sleep(draw.uniform(0, min(EVERY, seconds)))
                while time.perf_counter() < end:
                    begun = time.perf_counter()
                    took = person.change()
                    with lock:
                        seen.answers.append(took)
                    time.sleep(max(0.0, EVERY - (time.perf_counter() - begun)))
                with lock:
                    seen.received += person.counter.received - before
        except Exception as error:
            with lock:
                seen.wrong.append(f"{type(error).__name__}: {error}")
            here.abort()

    people = [threading.Thread(target=live, args=(n,)) for n in range(count)]
    for person in people:
        person.start()
    try:
        here.wait(600)
        if opened:
            opened()
    except threading.BrokenBarrierError:
        seen.wrong.append("Not all could open the page.")
    for person in people:
        person.join()
    return seen


def spent(pid):
    """Seconds of processor time that a process has used (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def megabytes(pid):
    """What a process holds in memory now (Linux)."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024
