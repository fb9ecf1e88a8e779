"""The client: every operation, and a copy of the public postings kept by snapshot and changes."""

from jiuye_client.operations import Operations


class Client(Operations):
    """A client of one service.

    >>> with Client("https://jobs.example.cn", "jya_test_…", on_behalf_of=member_id) as api:
    ...     job = api.create_job({"title": "氩弧焊工"})
    """
