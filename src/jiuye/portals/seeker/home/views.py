"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from jiuye.domains.fairs import queries as fairs
from jiuye.domains.jobs import queries as jobs
from jiuye.domains.organisations import queries as organisations
from jiuye.domains.policies import queries as policies
from jiuye.domains.reference import queries as reference
from jiuye.kernel.access import PUBLIC, access

# Curated searches (专区): name, what it holds, the address of the search.
ZONES = (
    ("应届毕业生", "不限经验的岗位", "/jobs?q=应届&experience=0"),
    ("零工日结", "做一天结一天", "/jobs?employment_type=temporary&employment_type=part_time"),
    ("包吃包住", "工厂、餐饮、养老", "/jobs?q=包吃住"),
    ("制造业技工", "焊工、电工、数控", "/jobs?q=技工"),
    ("残疾人友好", "可居家、无障碍", "/jobs?q=残疾人友好"),
    ("实习见习", "在校生专区", "/jobs?employment_type=internship"),
)
WORDS = ("会计", "焊工", "护士", "叉车司机", "Java", "养老护理员", "收银员", "文员")


@access(PUBLIC)
@require_safe
@cache_control(public=True, max_age=30)
def home(request: HttpRequest) -> HttpResponse:
    """Search, zones, fresh jobs, shops, fairs, policies; the same for everyone. Six queries."""
    context = {
        "open_count": jobs.open_count(),
        "shop_count": organisations.shop_count(),
        "zones": ZONES,
        "words": WORDS,
        "newest": jobs.newest(limit=10),
        "shops": organisations.shops(size=6).items,
        "fairs": fairs.fairs(size=4).items,
        "policies": policies.policies(size=5).items,
        "provinces": [(one.code, one.short_name) for one in reference.provinces()],
    }
    return render(request, "portals/seeker/home/templates/home.html", context)
