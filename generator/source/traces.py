"""A captured exchange into facts: the numbers that pages quote, counted from the capture and never typed.

Each line of a capture is one TCP segment: time, direction (C>S or S>C), flags, sequence and acknowledgement
numbers relative to the start, length in octets, and the octets themselves where they are text. The counters
follow RFC 9293, section 3.1 for the flags, and RFC 5321, section 4.1.1.4 for what DATA delimits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_HEADING = re.compile(r"## (?P<name>.+)")
_SEGMENT = re.compile(
    r"\s*(?P<ms>[\d.]+) ms (?P<way>C>S|S>C) (?P<flags>[SAFRP]+)\s+seq=(?P<seq>\d+)\s+ack=(?P<ack>\d*)\s+"
    r"len=(?P<length>\d+)\s*(?P<text>.*)"
)
_SIZE = re.compile(r"size=(\d+)")
# Headers of IPv4 without options, and of TCP with the timestamps that every segment after SYN carries here
# (RFC 791 section 3.1; RFC 9293 section 3.1; a segment full of 1 448 octets under an MTU of 1 500 shows it).
_HEADERS = 20 + 32


@dataclass(frozen=True, slots=True)
class Segment:
    """One TCP segment of a capture, `ms` milliseconds after the first; `client` says who sent it."""

    ms: float
    client: bool
    flags: str
    seq: int
    ack: int
    length: int
    text: str

    @property
    def last(self) -> int:
        """The number of its last octet."""
        return self.seq + self.length - 1

    @property
    def pure_ack(self) -> bool:
        """Whether it carries an acknowledgement and nothing else."""
        return self.flags == "A" and self.length == 0


def exchanges(capture: str) -> dict[str, tuple[Segment, ...]]:
    """Return the segments of each exchange of a capture, by its heading."""
    found: dict[str, list[Segment]] = {}
    current: list[Segment] = []
    for line in capture.splitlines():
        if heading := _HEADING.match(line):
            current = found.setdefault(heading["name"].strip(), [])
        elif seen := _SEGMENT.match(line):
            current.append(_segment(seen))
    return {name: tuple(segments) for name, segments in found.items()}


def _segment(seen: re.Match[str]) -> Segment:
    return Segment(
        ms=float(seen["ms"]),
        client=seen["way"] == "C>S",
        flags=seen["flags"],
        seq=int(seen["seq"]),
        ack=int(seen["ack"] or 0),
        length=int(seen["length"]),
        text=seen["text"],
    )


def facts(segments: Mapping[str, tuple[Segment, ...]]) -> dict[str, str | float]:
    """Return every fact of the named exchanges, such as `t2-body-segments`.

    Counts and times are numbers, written as a locale does; the numbers of octets (`-seq`, `-ack`, `-last`)
    are words of the protocol, written the same everywhere.
    """
    return {
        f"{name}-{fact}": str(value) if fact.endswith(("-seq", "-ack", "-last")) else value
        for name, exchange in segments.items()
        for fact, value in _counted(exchange)
    }


def _counted(segments: tuple[Segment, ...]) -> Iterator[tuple[str, float]]:
    client = [segment for segment in segments if segment.client]
    server = [segment for segment in segments if not segment.client]
    yield "segments", len(segments)
    for side, sent in (("client", client), ("server", server)):
        yield f"{side}-segments", len(sent)
        yield f"{side}-data-segments", sum(segment.length > 0 for segment in sent)
        yield f"{side}-octets", sum(segment.length for segment in sent)
        yield f"{side}-pure-acks", sum(segment.pure_ack for segment in sent)
    for command in ("ehlo", "mail", "rcpt", "data", "quit"):
        line = next((segment for segment in client if segment.text.lower().startswith(command)), None)
        if line is not None:
            yield f"{command}-octets", line.length
            yield f"{command}-words", line.length - len("\r\n")
            yield f"{command}-datagram", line.length + _HEADERS
            yield f"{command}-seq", line.seq
            yield f"{command}-last", line.last
            yield f"{command}-ack", line.seq + line.length
    yield from _body(segments)
    for number, segment in enumerate(segments, start=1):
        yield f"s{number}-ms", segment.ms
        yield f"s{number}-octets", segment.length
        yield f"s{number}-seq", segment.seq
        yield f"s{number}-ack", segment.ack


def _body(segments: tuple[Segment, ...]) -> Iterator[tuple[str, float]]:
    """Yield the facts of the first message's content: what the client sent between 354 and the next reply."""
    declared = next(filter(None, (_SIZE.search(segment.text) for segment in segments)), None)
    if declared is not None:
        yield "size", int(declared[1])
    start = next((n for n, segment in enumerate(segments) if segment.text.startswith("354")), None)
    if start is None:
        return
    rest = segments[start + 1 :]
    end = next(n for n, segment in enumerate(rest) if not segment.client and segment.length)
    sent = [segment for segment in rest[:end] if segment.client and segment.length]
    octets = sum(segment.length for segment in sent)
    yield "body-segments", len(sent)
    yield "body-octets", octets
    yield "body-thousands", round(octets / 1000)
    yield "body-largest", max(segment.length for segment in sent)
    yield "body-full-segments", sum(segment.length == sent[0].length for segment in sent)
    yield "body-tail", sent[-1].length
    yield "body-last", sent[-1].last
    yield "body-seq", sent[0].seq
    yield "body-last-seq", sent[-1].seq
    yield "body-ack", sent[0].seq + octets
    yield "body-pure-acks", sum(segment.pure_ack and not segment.client for segment in rest[:end])
    yield "reply-octets", rest[end].length
