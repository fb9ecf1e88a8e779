"""The child process: reads an order and a document from standard input, writes the answer to standard output."""

import logging
import os
import sys

from jiuye.adapters.inspection_local import limits, opening, wire
from jiuye.kernel.confinement import confine
from jiuye.kernel.uploads import Unacceptable

DAMAGED = "这个文件打不开：内容太复杂或已损坏。请重新导出，或拍成照片后再传。"


def main() -> None:
    """Answer one order. Any exception that a file causes is a refusal of the file; a missing package is not."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # libraries that print cannot spoil the answer
    logging.disable(logging.CRITICAL)  # libraries log names of signers
    order, content = wire.unpack_order(sys.stdin.buffer.read())
    is_reading = order.task in ("read", "recognise")
    confine(
        megabytes=limits.READING_MEGABYTES if is_reading else limits.MEGABYTES,
        cpu_seconds=limits.READING_CPU_SECONDS if is_reading else limits.CPU_SECONDS,
        seconds=limits.READING_SECONDS if is_reading else limits.SECONDS,
        written_megabytes=limits.WRITTEN_MEGABYTES,
    )
    try:
        answer = _answered(order, content)
    except Unacceptable as refusal:
        answer = wire.pack_refusal(refusal.message)
    except ImportError:
        raise
    except Exception:
        answer = wire.pack_refusal(DAMAGED)
    answers.write(answer)
    answers.close()


def _answered(order: wire.Order, content: bytes) -> bytes:
    if order.task == "read":
        from jiuye.adapters.inspection_local import recognition  # an extra

        return wire.pack_suggestions(recognition.read(content))
    if order.task in ("text", "recognise"):
        from jiuye.adapters.inspection_local import texts

        return wire.pack_text(texts.read(content, order.name, recognise=order.task == "recognise"))
    return wire.pack_inspection(opening.open_document(content, order))


main()
