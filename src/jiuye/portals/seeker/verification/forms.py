"""Choices and consents before data is sent to the authority or filled in from the card."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from jiuye.design.controls import set_choices
from jiuye.design.widgets import NEVER_KEPT
from jiuye.domains.resumes.queries import Checkable, Offer
from jiuye.domains.verification.queries import RECIPIENT

Typed = MultiValueDict[str, Any] | Mapping[str, Any] | None


class VerifyForm(forms.Form):
    """The items to verify, and the consent."""

    items = forms.MultipleChoiceField(
        label="核验哪些内容",
        error_messages={"required": "请至少选择一项。", "invalid_choice": "有一项刚刚有了变化，请看最新的情况再选。"},
        widget=forms.CheckboxSelectMultiple,
    )
    consent = forms.BooleanField(
        label=f"我同意将以上内容连同我的姓名、身份证号提供给{RECIPIENT}，仅用于本次核验",
        error_messages={"required": "需要您同意才能核验；不同意则不会发出任何信息。"},
    )

    def __init__(self, data: Typed = None, *, askable: Sequence[Checkable], chosen: Sequence[str]) -> None:
        super().__init__(data, initial={"items": list(chosen)})
        set_choices(self, "items", [(str(one.subject_id), one.title) for one in askable])

    @property
    def ticked(self) -> set[str]:
        """Return the ticked ids."""
        return set(self["items"].value() or [])


class RealNameForm(forms.Form):
    """A name and an ID number as on the identity card."""

    name = forms.CharField(
        label="姓名",
        help_text="与身份证一致。",
        error_messages={"required": "请填写身份证上的姓名。"},
        widget=forms.TextInput(attrs={"autocomplete": "name", "maxlength": 40}),
    )
    id_number = forms.CharField(
        label="身份证号",
        error_messages={"required": "请填写 18 位身份证号。"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": 24, "spellcheck": "false", **NEVER_KEPT}),
    )
    consent = forms.BooleanField(
        label=f"我同意将姓名、身份证号提供给{RECIPIENT}，仅用于核验实名",
        error_messages={"required": "需要您同意才能核验；不同意则不会发出任何信息。"},
    )


class PrefillForm(forms.Form):
    """The fields to fill in from the card, and the consent."""

    fields_ = forms.MultipleChoiceField(
        label="填入哪些内容",
        error_messages={"required": "请至少选择一项。", "invalid_choice": "有一项刚刚有了变化，请看最新的情况再选。"},
        widget=forms.CheckboxSelectMultiple,
    )
    consent = forms.BooleanField(
        label="我同意用电子社保卡里的这些信息填写我的简历",
        error_messages={"required": "需要您同意才能填入；不同意则不会有任何改动。"},
    )

    def __init__(self, data: Typed = None, *, offers: Sequence[Offer]) -> None:
        open_ = [offer for offer in offers if not offer.is_same]
        super().__init__(data, initial={"fields_": [offer.field for offer in open_ if offer.is_empty]})
        set_choices(self, "fields_", [(offer.field, offer.label) for offer in open_])

    @property
    def ticked(self) -> set[str]:
        """Return the ticked fields."""
        return set(self["fields_"].value() or [])
