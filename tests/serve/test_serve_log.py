from __future__ import annotations

import logging
import sys

import pytest

from itpm_prep.serve.server import DiscreetFormatter, PageGone


def record_of(fault: Exception) -> logging.LogRecord:
    """What a log gets of a fault."""
    try:
        raise fault
    except Exception:  # noqa: BLE001 - any fault is what is wanted here
        return logging.LogRecord("tornado", logging.ERROR, __file__, 1, "GET /", (), sys.exc_info())


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (AttributeError("no attribute", name="kernel_ws_protocol"), False),
        (AttributeError("no attribute", name="something_else"), True),
        (ValueError("kernel_ws_protocol"), True),
    ],
)
def test_only_a_page_that_left_while_connecting_is_no_news(fault: Exception, told: bool) -> None:  # noqa: FBT001
    assert PageGone().filter(record_of(fault)) is told


def test_a_record_without_a_fault_is_told() -> None:
    assert PageGone().filter(logging.LogRecord("tornado", logging.ERROR, "f", 1, "said", (), None))


def test_no_kernel_id_stands_in_the_log() -> None:
    said = "GET /api/kernels/0a1b2c3d-0a1b-4c2d-8e3f-0a1b2c3d4e5f/channels"
    record = logging.LogRecord("tornado", logging.ERROR, "f", 1, said, (), None)
    assert DiscreetFormatter().format(record) == "GET /api/kernels/(kernel)/channels"
