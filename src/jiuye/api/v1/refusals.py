"""The problems that operations of clients can answer, for their declarations."""

from jiuye.api.problems import Problem

OF_LISTS = dict.fromkeys((401, 403, 422, 429), Problem)
OF_READS = {**OF_LISTS, 404: Problem}
OF_WRITES = {**OF_READS, 400: Problem, 409: Problem}
