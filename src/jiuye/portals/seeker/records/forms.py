"""Forms of the records pages."""

from django import forms


class KeepForm(forms.Form):
    """Save a posting or remove it; `place` is the button's position."""

    keep = forms.ChoiceField(choices=[("yes", "收藏"), ("no", "取消收藏")])
    place = forms.ChoiceField(choices=[("list", "收藏夹"), ("job", "职位页")], required=False)


class ForgetForm(forms.Form):
    """Delete one posting of the history, or all."""

    posting = forms.UUIDField(required=False)
    all = forms.BooleanField(required=False)


class SeenForm(forms.Form):
    """The posting with changes that were read."""

    posting = forms.UUIDField()


class PauseForm(forms.Form):
    """Whether to pause the history."""

    pause = forms.ChoiceField(choices=[("yes", "暂停"), ("no", "继续")])
