"""A form with every kind of field, for the style guide."""

from django import forms

from jiuye.design.widgets import CodeInput, DateInput, DateTimeInput, MonthInput, PhoneInput, RegionInput

EDUCATION = [
    ("", "请选择"),
    ("70", "初中"),
    ("60", "高中"),
    ("40", "中专、职高、技校"),
    ("30", "大专"),
    ("20", "本科"),
    ("10", "研究生"),
]
EMPLOYMENT = [("full", "全职"), ("part", "兼职"), ("dispatch", "劳务派遣"), ("intern", "实习")]
BENEFITS = [("insurance", "五险一金"), ("meals", "包吃"), ("housing", "包住"), ("bus", "班车"), ("leave", "带薪年假")]
NEEDED = {"required": "还没有填写，请填写。"}


class SampleForm(forms.Form):
    """One field of each kind, with our messages."""

    title = forms.CharField(
        label="职位名称", help_text="写常用的叫法，如“电焊工”，不要写薪资和福利。", max_length=40, error_messages=NEEDED
    )
    employment = forms.ChoiceField(label="用工类型", choices=EMPLOYMENT, widget=forms.RadioSelect)
    headcount = forms.IntegerField(
        label="招聘人数", min_value=1, max_value=9999, error_messages=NEEDED | {"invalid": "请填写整数，如 5。"}
    )
    pay_low = forms.IntegerField(label="月薪下限", error_messages=NEEDED)
    pay_high = forms.IntegerField(label="月薪上限", error_messages=NEEDED)
    education = forms.ChoiceField(label="学历要求", choices=EDUCATION, error_messages=NEEDED)
    region = forms.CharField(label="工作地点", widget=RegionInput, error_messages=NEEDED)
    benefits = forms.MultipleChoiceField(
        label="福利", choices=BENEFITS, widget=forms.CheckboxSelectMultiple, required=False
    )
    duties = forms.CharField(
        label="工作内容",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "还没有填写工作内容，请写明每天做什么。"},
    )
    valid_through = forms.DateField(label="有效期至", widget=DateInput, error_messages=NEEDED)
    interview_at = forms.DateTimeField(label="面试时间", widget=DateTimeInput, required=False)
    since = forms.CharField(label="从何时开始", widget=MonthInput, required=False)
    sheet = forms.FileField(
        label="职位表", help_text="xlsx、xls 或 csv，不超过 10 MB，也可以拖到这里。", required=False
    )
    licence = forms.CharField(
        label="许可证编号", disabled=True, required=False, initial="（川）人服证字〔2026〕第0000000号"
    )
    agree = forms.BooleanField(
        label="我确认以上内容真实，不含歧视，不向求职者收费", error_messages={"required": "请先确认。"}
    )


class SignInForm(forms.Form):
    """Phone number and code."""

    phone = forms.CharField(label="手机号", widget=PhoneInput)
    code = forms.CharField(label="验证码", widget=CodeInput, help_text="6 位数字，5 分钟内有效。")
