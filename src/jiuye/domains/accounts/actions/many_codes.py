"""Tell the owner of a phone that others ask for codes to it, with a word that proves the owner on a new browser.

The word is the same for a phone and a day and is stored nowhere: it is computed from both. It signs nobody in; who has it
gets a code to this phone without standing in line with strangers.
"""

from datetime import date, timedelta
from hmac import compare_digest

from jiuye.domains.accounts import code_limits
from jiuye.domains.accounts.actions.notices import tell_phone
from jiuye.domains.accounts.events import ManyCodesRequested
from jiuye.domains.accounts.models import User
from jiuye.kernel import clock, events, rate_limits
from jiuye.kernel.actor import Actor
from jiuye.kernel.crypto import blind_index
from jiuye.kernel.errors import Invalid
from jiuye.kernel.networks import network_of

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that look alike."""

_LENGTH = 8
_VALID_DAYS = 2
_REMEMBERED = 2 * 86_400


def tell_of_many(actor: Actor, *, phone: str, phone_index: str) -> None:
    """Tell the phone, once a day by text message, and the account that it belongs to. Runs in the transaction of a request."""
    number, day = code_limits.asked_by_others(phone_index), clock.today()
    if number < code_limits.TOLD_AFTER or not rate_limits.once(f"many-codes:{phone_index}:{day}", seconds=_REMEMBERED):
        return
    word = word_of(phone_index, day)
    tell_phone(
        phone,
        template="many_codes",
        text="【就业在线】有人多次用您的手机号获取验证码。不是您的话不用理会，验证码不要告诉任何人。"
        f"您本人登录被要求排队时，填写放行码 {word}（明天之前有效），或用电子社保卡登录。",
        params={"word": word},
    )
    for person_id in User.objects.filter(phone_index=phone_index, erased_at=None).values_list("pk", flat=True):
        events.publish(actor, ManyCodesRequested(person_id, number, day.isoformat()))


def word_of(phone_index: str, day: date) -> str:
    """Return the word that proves this phone on this day."""
    value = int(blind_index(f"{phone_index}|{day.isoformat()}", "code-word")[:16], 16)
    letters = []
    for _ in range(_LENGTH):
        value, place = divmod(value, len(_LETTERS))
        letters.append(_LETTERS[place])
    return "".join(letters)


def prove_word(actor: Actor, word: str, *, phone_index: str) -> str:
    """Return what a word proves. Raises `Invalid` (word) and `RateLimited` after many wrong ones from one address."""
    typed = "".join(word.split()).upper()[:40]
    for age in range(_VALID_DAYS):
        day = clock.today() - timedelta(days=age)
        if compare_digest(typed.encode(), word_of(phone_index, day).encode()):
            return f"{phone_index}:{day}"
    code_limits.WORDS_OF_ADDRESS.hit(network_of(actor.ip))
    raise Invalid(
        {"word": "放行码不对或已过期。请核对我们今天发到这部手机的短信；没有收到就不用填，按页面上说的时间再来获取。"}
    )
