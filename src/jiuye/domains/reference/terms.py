"""Enumerations shared by several domains."""

from django.db.models import TextChoices


class EmploymentType(TextChoices):
    """用工类型, shown on every posting (网络招聘服务管理规定)."""

    FULL_TIME = "full_time", "全职"
    PART_TIME = "part_time", "兼职"
    INTERNSHIP = "internship", "实习"
    TEMPORARY = "temporary", "临时/零工"
    DISPATCH = "dispatch", "劳务派遣"
    OUTSOURCED = "outsourced", "劳务外包"


class EmployerSize(TextChoices):
    """Headcount bands, as boards write them."""

    UNDER_50 = "under_50", "少于50人"
    FROM_50 = "from_50", "50-150人"
    FROM_150 = "from_150", "150-500人"
    FROM_500 = "from_500", "500-1000人"
    FROM_1000 = "from_1000", "1000-5000人"
    FROM_5000 = "from_5000", "5000-10000人"
    OVER_10000 = "over_10000", "10000人以上"


class OwnershipKind(TextChoices):
    """The ownership of an employer."""

    STATE = "state", "国企"
    PRIVATE = "private", "民营"
    FOREIGN = "foreign", "外资"
    JOINT_VENTURE = "joint_venture", "合资"
    LISTED = "listed", "上市公司"
    PUBLIC_INSTITUTION = "public_institution", "事业单位"
    GOVERNMENT = "government", "政府机关"
    NON_PROFIT = "non_profit", "非营利组织"
    SELF_EMPLOYED = "self_employed", "个体工商户"
    OTHER = "other", "其他"
