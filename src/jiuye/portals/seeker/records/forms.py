"""What the buttons of the records pages send."""

from django import forms


class KeepForm(forms.Form):
    """Keep a posting or not; `place` is where the button stood."""

    keep = forms.ChoiceField(choices=[("yes", "收藏"), ("no", "取消收藏")])
    place = forms.ChoiceField(choices=[("list", "收藏夹"), ("job", "职位页")], required=False)


class ForgetForm(forms.Form):
    """One posting of the history, or all of it."""

    posting = forms.UUIDField(required=False)
    all = forms.BooleanField(required=False)


class SeenForm(forms.Form):
    """The posting whose changes were read."""

    posting = forms.UUIDField()


class PauseForm(forms.Form):
    """Whether the history is to be kept."""

    pause = forms.ChoiceField(choices=[("yes", "暂停"), ("no", "继续")])
