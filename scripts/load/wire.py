"""One visitor's WebSocket: speaks the app's own protocol and keeps what the page shows.

The messages are Streamlit's protobuf messages, as its browser part sends and gets them, with its
cache of repeated messages; so the bytes counted here are those that a browser would get.
"""

import asyncio
import time
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

FINISHED = ForwardMsg.FINISHED_SUCCESSFULLY
FRAGMENT_FINISHED = ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY
_MOST_BYTES = 64 * 1024**2
_KEPT_RUNS = 2  # for which a browser keeps a repeated message
_SILENT_S = 0.3
"""After which a session that is come back to has told all about the run that was left."""


class WireError(Exception):
    """The server hung up, or a run did not come to its end."""


class Run(NamedTuple):
    """One run of a page.

    Attributes:
        seconds: from the request until the page said that it was finished.
        received: bytes that came over the socket.
        messages: how many.
    """

    seconds: float
    received: int
    messages: int


class Wire:
    """A connection, and what is on the page: elements by their place."""

    def __init__(self, url: str, patience_s: float) -> None:
        self._url, self._patience_s = url, patience_s
        self._socket: ClientConnection | None = None
        self._kept: dict[str, tuple[int, ForwardMsg]] = {}
        self._runs = 0
        self.session = ""
        self.page_hash = ""
        self.query = ""
        self._begun: set[str] = set()
        self.shown: dict[tuple[int, ...], Element] = {}
        self.fragments: dict[str, float] = {}

    async def open(self) -> None:
        """Connect; with the session of before where there was one, as a browser comes back.

        Raises:
            WireError: if nobody answers.
        """
        protocols = ["streamlit", "none", *([self.session] if self.session else [])]
        address = self._url.replace("http", "ws", 1) + "/_stcore/stream"
        try:
            self._socket = await connect(
                address,
                subprotocols=protocols,
                max_size=_MOST_BYTES,
                compression=None,
                proxy=None,
                open_timeout=self._patience_s,
                ping_interval=None,
            )
            if self.session:
                await self._until_silent()
        except (OSError, TimeoutError, ConnectionClosed) as error:
            raise WireError(f"no connection: {type(error).__name__}") from error

    async def _until_silent(self) -> None:
        """Take what is left of a run that nobody waited for: its end is not that of the next."""
        while True:
            try:
                self._take(ForwardMsg.FromString(await asyncio.wait_for(self._recv(), _SILENT_S)))
            except TimeoutError:
                return

    async def _recv(self) -> bytes:
        content = await self._socket.recv()
        return content if isinstance(content, bytes) else content.encode()

    async def close(self) -> None:
        """Leave, whatever the server is doing."""
        if self._socket is not None:
            await self._socket.close()
            self._socket = None

    async def ask(
        self,
        query: Mapping[str, str | list[str]] | None = None,
        page: str | None = None,
        typed: dict[str, str] | None = None,
        fragment: str = "",
        pressed: str = "",
        by_itself: bool = True,
    ) -> Run:
        """Have the page run and wait for its end.

        Args:
            query: of the address; None for what stands there.
            page: name of the page as it stands in the address; None for the one that is open.
            typed: label of a choice to what is entered there.
            fragment: part of the page that is to run alone, as where a bar is drawn anew.
            pressed: label of a button.
            by_itself: whether a part runs because its time has come, and not for a button in it.

        Raises:
            WireError: the server hung up, or was silent for too long.
        """
        message = BackMsg()
        state = message.rerun_script
        if query is not None:
            self.query = urlencode(query, doseq=True)
        state.query_string = self.query
        state.fragment_id, state.is_auto_rerun = fragment, bool(fragment) and by_itself
        state.page_script_hash = self.page_hash if page is None else ""
        state.page_name = page or ""
        state.cached_message_hashes.extend(self._kept)
        state.context_info.timezone, state.context_info.locale = "Etc/UTC", "en"
        state.context_info.url = f"{self._url}/{page or ''}"
        for label, text in (typed or {}).items():
            state.widget_states.widgets.append(
                WidgetState(id=self._id_of("selectbox", label), string_value=text)
            )
        if pressed:
            state.widget_states.widgets.append(
                WidgetState(id=self._id_of("button", pressed), trigger_value=True)
            )
        begun = time.perf_counter()
        try:
            async with asyncio.timeout(self._patience_s):
                return await self._until_finished(message, begun, bool(fragment))
        except ConnectionClosed as error:
            raise WireError("the server closed the connection") from error
        except TimeoutError as error:
            raise WireError(f"no end of the run after {self._patience_s:g} s") from error

    async def _until_finished(self, message: BackMsg, begun: float, part: bool) -> Run:
        self._begun.clear()
        await self._socket.send(message.SerializeToString())
        self._runs += 1
        received = messages = 0
        done = (FINISHED, FRAGMENT_FINISHED) if part else (FINISHED,)
        while True:
            content = await self._recv()
            received, messages = received + len(content), messages + 1
            if self._take(ForwardMsg.FromString(content)) in done:
                break
        self._kept = {
            key: one for key, one in self._kept.items() if one[0] > self._runs - _KEPT_RUNS
        }
        return Run(time.perf_counter() - begun, received, messages)

    def _take(self, message: ForwardMsg) -> int | None:
        """Keep what a message brings; how a run ended that began after the last request."""
        if message.WhichOneof("type") == "ref_hash":
            kept, place = self._kept[message.ref_hash][1], message.metadata
            message = ForwardMsg.FromString(kept.SerializeToString())
            message.metadata.CopyFrom(place)
        if message.metadata.cacheable:
            self._kept[message.hash] = (self._runs, message)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._begun.add(message.metadata.run.script_run_id)
            self.session = message.new_session.initialize.session_id
            self.page_hash = message.new_session.page_script_hash
            if not message.metadata.run.fragment_ids:
                self.shown, self.fragments = {}, {}
        elif kind == "navigation":
            self.page_hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self.shown[tuple(message.metadata.delta_path)] = message.delta.new_element
        elif kind == "auto_rerun":
            self.fragments[message.auto_rerun.fragment_id] = message.auto_rerun.interval
        elif kind == "stop_auto_rerun":
            for fragment in message.stop_auto_rerun.fragment_ids:
                self.fragments.pop(fragment, None)
        ours = kind == "script_finished" and message.metadata.run.script_run_id in self._begun
        return message.script_finished if ours else None

    def elements(self, kind: str) -> Iterator[object]:
        """What is on the page of a kind, such as 'html', in the order of its places."""
        for _, element in sorted(self.shown.items()):
            if element.WhichOneof("type") == kind:
                yield getattr(element, kind)

    def _id_of(self, kind: str, label: str) -> str:
        for found in self.elements(kind):
            if found.label == label:
                return found.id
        raise WireError(f"the page has no {kind} '{label}'")
