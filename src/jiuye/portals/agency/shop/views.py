"""The agency's flagship shop: how it stands, and the words that it writes itself."""

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from jiuye.domains.organisations import actions, queries
from jiuye.kernel.access import access
from jiuye.kernel.errors import Invalid
from jiuye.kernel.http.request import Request
from jiuye.portals.agency.access import RECRUITER, VIEWER

TEMPLATES = "portals/agency/shop/templates"


class ShopForm(forms.Form):
    """The words of the shop."""

    slogan = forms.CharField(
        label="一句话介绍",
        required=False,
        max_length=60,
        help_text="显示在店名下面，如“扎根本地二十年，只做蓝领招聘”。",
    )
    introduction = forms.CharField(
        label="机构简介",
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 8, "maxlength": 3000}),
        help_text="成立时间、擅长的行业和地区、服务过哪些求职者和单位。",
    )
    announcement = forms.CharField(
        label="公告",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
        help_text="近期的招聘会、服务时间调整等；留空则不显示。",
    )
    services = forms.CharField(
        label="服务项目", required=False, max_length=400, help_text="用顿号隔开，最多 12 个，如：职业介绍、创业指导。"
    )
    fees = forms.CharField(
        label="收费说明",
        max_length=200,
        help_text="必须公示（《人力资源市场暂行条例》第三十二条）。",
        error_messages={"required": "请写明收费情况，如“不向求职者收费”。"},
    )

    def texts(self) -> actions.ShopTexts:
        """The cleaned words for the action."""
        given: dict[str, Any] = self.cleaned_data
        return actions.ShopTexts(**{**given, "services": re.split(r"[、,，;；\n]+", given["services"])})


@access(VIEWER)
@require_safe
def shop(request: Request) -> HttpResponse:
    """The shop with its measured figures."""
    found = queries.own_shop(request.actor)
    context = {"shop": found, "standing": queries.standing(found.agency.id)}
    return render(request, f"{TEMPLATES}/shop.html", context)


@access(RECRUITER)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request) -> HttpResponse:
    """Change the shop's words."""
    found = queries.own_shop(request.actor)
    initial = {
        "slogan": found.agency.slogan,
        "introduction": found.introduction,
        "announcement": found.announcement,
        "services": "、".join(found.agency.services),
        "fees": found.agency.fees,
    }
    form = ShopForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_shop(request.actor, texts=form.texts())
        except Invalid as error:
            for name, message in error.fields.items():
                form.add_error(name if name in form.fields else None, message)
        else:
            messages.success(request, "旗舰店已更新。")
            return redirect("agency_shop")
    return render(request, f"{TEMPLATES}/edit.html", {"form": form}, status=422 if form.errors else 200)
