# The examples of people.yaml.
import hashlib
import hmac

import structlog

from jiuye.kernel.crypto import blind_index, decrypt

log = structlog.get_logger("example")


def noted(person, phone, error):
    # ruleid: log-names-a-person
    log.info("code sent", phone=phone)
    # ruleid: log-names-a-person
    structlog.contextvars.bind_contextvars(ip=person.ip)
    # ok: log-names-a-person
    log.info("code sent", person=str(person.id))
    # ruleid: log-event-composed
    log.warning(f"no code for {phone}")
    # ok: log-event-composed
    log.warning("no code", person=str(person.id))
    # ruleid: log-says-all-of-an-error
    log.error("row refused", error=repr(error))
    # ok: log-says-all-of-an-error
    log.error("row refused", error=type(error).__name__)


def opened(envelope):
    # ruleid: opened-elsewhere
    return decrypt(envelope)


def index_of(phone, content):
    # ruleid: number-hashed-without-key
    first = hashlib.sha256(phone.encode()).hexdigest()
    # ok: number-hashed-without-key
    second = hashlib.sha256(content.encode()).hexdigest()
    # ok: opened-elsewhere
    return first, second, blind_index(phone, "example")


def is_right(sent, token, kind):
    # ruleid: secret-compared-letter-by-letter
    first = sent == token
    # ok: secret-compared-letter-by-letter
    second = hmac.compare_digest(sent, token)
    # ok: secret-compared-letter-by-letter
    return first, second, kind == sent
