"""The columns of a job sheet: our names, the legal elements, and other people's names for them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a row. `legal`: an element required for publication. `defaultable`: a whole sheet may lack it and get
    one
    value for all rows. `synonyms`: headers (normalised) that mean it.
    """

    code: str
    label: str
    synonyms: tuple[str, ...]
    legal: bool = False
    defaultable: bool = False
    example: str = ""
    note: str = ""
    width: int = 14


def _field(code: str, label: str, synonyms: str, **rest: object) -> Field:
    return Field(code, label, (label, *synonyms.split()), **rest)  # type: ignore[arg-type]


# Synonyms are normalised: lower case, without blanks, brackets and marks (see mapping.fold_header).
FIELDS: tuple[Field, ...] = (
    _field(
        "external_code", "职位编号",
        "岗位编号 编号 职位id 岗位id 职位代码 岗位代码 外部编号 jobid id code jobcode positionid number 职位编码 岗位编码",
        example="A-001", note="您自己的编号，选填。再次导入同一编号时更新原职位，不会重复。",
    ),
    _field(
        "title", "职位名称",
        "岗位名称 职位 岗位 招聘岗位 招聘职位 工作岗位 应聘岗位 需求岗位 岗位工种 jobname jobtitle title position "
        "positionname job name 职务 职务名称 职位标题",
        legal=True, example="数控车床操作工", note="必填，80字以内。", width=22,
    ),
    _field(
        "employer_name", "招聘单位",
        "单位名称 公司名称 企业名称 用人单位 用工单位 公司 企业 单位 招聘企业 招聘公司 公司全称 企业全称 用人单位名称 "
        "招聘单位名称 雇主 "
        "companyname company companyfullname employer employername brandname 公司名",
        legal=True, defaultable=True, example="示例精密机械有限公司", note="用人单位全称。为本机构招聘时写本机构名称。", width=26,
    ),
    _field(
        "employer_credit_code", "统一社会信用代码",
        "信用代码 社会信用代码 组织机构代码 营业执照号 单位信用代码 creditcode uscc 税号",
        example="", note="18位，选填；填写后更容易核对用人单位。", width=22,
    ),
    _field(
        "employer_ownership", "单位性质",
        "公司性质 企业性质 公司类型 企业类型 单位类型 经济类型 companytype ownership companynature 融资阶段",
        example="民营", note="如：国企、民营、外资、合资、事业单位。",
    ),
    _field(
        "employer_size", "单位规模",
        "公司规模 企业规模 人员规模 规模 员工人数 单位人数 companysize size companyscale scale",
        example="50-150人", note="如：少于50人、50-150人、1000人以上。",
    ),
    _field(
        "employer_industry", "所属行业",
        "行业 单位行业 公司行业 企业行业 行业类别 行业类型 industry companyindustry industryname 行业名称 职位行业",
        example="通用设备制造业", note="国民经济行业名称，选填。", width=18,
    ),
    _field(
        "headcount", "招聘人数",
        "人数 需求人数 招聘名额 招聘数量 名额 用工人数 招工人数 岗位人数 缺工人数 需求数 需求量 招聘人数人 headcount "
        "openings recruitnumber number_of_openings count hirenum 数量",
        legal=True, defaultable=True, example="5", note="必填，整数。", width=10,
    ),
    _field(
        "employment_type", "用工类型",
        "用工形式 工作性质 职位性质 岗位性质 职位类型 工作类型 雇佣类型 就业形式 用工性质 招聘类型 employmenttype jobtype "
        "worktype jobnature 工作方式",
        legal=True, defaultable=True, example="全职", note="必填，从下拉列表中选。",
    ),
    _field(
        "occupation", "职业类别",
        "职业 工种 职位类别 岗位类别 职类 职业名称 工种名称 职能 职能类别 occupation jobcategory category function 职位分类",
        example="车工", note="职业分类大典的名称，选填；不填时按职位名称推断。",
    ),
    _field(
        "region", "工作地点",
        "工作地区 工作城市 地区 区域 城市地区 所在地区 所在地 地点 工作区域 用工地点 上班地点 工作所在地 工作地 area region "
        "location workplace workcity joblocation cityname 岗位所在地 职位地点",
        legal=True, defaultable=True, example="江苏省苏州市昆山市", note="必填，至少写到城市。", width=22,
    ),
    _field("province", "省份", "省 所在省 所在省份 工作省份 provincename"),
    _field("city", "城市", "市 所在市 所在城市 地市 city"),
    _field("county", "区县", "区 县 区域名称 行政区 所在区县 所在区 district county areadistrict businessdistrict"),
    _field(
        "address", "详细地址", "地址 工作地址 上班地址 具体地址 详细工作地址 单位地址 公司地址 address workaddress companyaddress",
        example="示范路18号", note="街道和门牌号，选填。", width=22,
    ),
    _field(
        "pay", "薪资",
        "薪酬 工资 待遇 月薪 薪水 薪资范围 工资范围 薪酬范围 薪资待遇 工资待遇 薪酬待遇 月工资 月薪范围 薪资区间 薪酬区间 报酬 "
        "劳动报酬 "
        "工资标准 薪资水平 基本工资 综合工资 年薪 年收入 年包 月收入 日薪 日工资 时薪 小时工资 "
        "salary pay wage salarydesc providesalary salaryrange 薪资元月 工资元月 月薪元",
        legal=True, example="6000-9000元/月", note="必填，如：6000-9000元/月、8-12K·13薪、150元/天、20元/小时。", width=20,
    ),
    _field("pay_unit", "薪资单位", "工资单位 计薪单位 计薪方式 薪资类型 工资类型 薪酬单位 薪酬类型 salaryunit payunit unittext"),
    _field(
        "pay_min", "最低薪资",
        "薪资下限 最低工资 最低月薪 薪酬下限 工资下限 起薪 月薪下限 薪资起 minsalary salarymin salaryfrom lowsalary",
    ),
    _field(
        "pay_max", "最高薪资",
        "薪资上限 最高工资 最高月薪 薪酬上限 工资上限 月薪上限 薪资止 maxsalary salarymax salaryto highsalary",
    ),
    _field(
        "education", "学历要求",
        "学历 最低学历 文化程度 教育程度 学历水平 degree education educationlevel jobdegree degreename edulevel 学位",
        defaultable=True, example="高中", note="不填为不限。",
    ),
    _field(
        "experience", "工作经验",
        "经验 经验要求 工作年限 工龄 年限 工作经历 工作经验要求 从业年限 workyear experience workexperience workingexp "
        "jobexperience experiencename workyears",
        defaultable=True, example="1-3年", note="如：3-5年、5年以上、应届生；不填为不限。",
    ),
    _field(
        "duties", "工作内容",
        "岗位职责 工作职责 职责 职位职责 主要职责 岗位内容 职责描述 岗位职责描述 工作描述 duties responsibilities responsibility "
        "jobduties 主要工作内容 工作任务",
        legal=True, defaultable=True, example="操作数控车床，按图纸加工零件，做首件检验和日常保养。", note="必填，做什么。",
        width=40,
    ),
    _field(
        "requirements", "招聘条件",
        "任职要求 任职资格 任职条件 岗位要求 职位要求 要求 招聘要求 应聘条件 录用条件 资格条件 任职资格要求 requirements requirement "
        "qualifications qualification 其他要求 技术要求",
        legal=True, defaultable=True, example="能看懂图纸，会用卡尺和千分尺。",
        note="必填，需要什么条件；不得有性别、民族、户籍等歧视性要求。", width=40,
    ),
    _field(
        "description", "职位描述",
        "岗位描述 职位详情 职位信息 岗位说明 职位介绍 岗位介绍 职位说明 工作内容及要求 岗位职责及要求 职责及要求 "
        "jobdescription description jobdescribe jobdetail jd postdescription detail",
        width=40,
    ),
    _field(
        "working_conditions", "工作条件",
        "劳动条件 工作时间 上班时间 工作环境 工作制度 作息时间 班次 workingconditions workingtime schedule 工作条件和劳动保护 工时制度",
        legal=True, defaultable=True, example="白班，8小时，双休；车间有空调，提供宿舍。", note="必填，工作时间、环境、食宿等。", width=30,
    ),
    _field(
        "benefits", "福利待遇", "福利 员工福利 公司福利 职位福利 岗位福利 福利标签 社保 保险福利 benefits welfare welfarelist",
        example="五险一金、包住、年终奖金", note="用顿号隔开。", width=26,
    ),
    _field("tags", "职位标签", "标签 职位亮点 岗位标签 亮点 关键词 tags jobtags labels keywords joblabels", width=20),
    _field(
        "skills", "技能要求", "技能 专业技能 技能标签 skills skill skilllist skilllabel 技能证书",
        example="数控车床、识图", note="用顿号隔开。", width=20,
    ),
    _field(
        "valid_through", "有效期至",
        "截止日期 截止时间 有效期 招聘截止日期 到期日期 结束日期 失效日期 有效日期 招聘结束时间 报名截止时间 validthrough deadline "
        "expirydate expiredate enddate expires 招聘期限 有效期限",
        legal=True, defaultable=True, example="30天", note="必填，最后一天的日期，或从导入日算起的天数；最长 180 天。",
    ),
    _field(
        "published_on", "发布日期",
        "发布时间 更新时间 更新日期 刷新时间 刷新日期 登记日期 招聘开始时间 发布日 issuedate publishdate publishtime updatetime posteddate "
        "dateposted updatedate pubdate createtime issuedatestring confirmdate",
    ),
)  # fmt: skip

BY_CODE = {field.code: field for field in FIELDS}
LEGAL = tuple(field.code for field in FIELDS if field.legal)
DEFAULTABLE = tuple(field.code for field in FIELDS if field.defaultable)
TEMPLATE_FIELDS = tuple(field for field in FIELDS if field.example or field.code == "employer_credit_code")
