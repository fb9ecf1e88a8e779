"""Texts about postings: content, legal elements, screening, publication, sheets."""

TEXTS = {
    # actions
    "一小时内最多上传 {} 份职位表，请 {}后再传。职位多的可以合并到一份表里，一份最多 20 MB。": (
        "At most {} sheets an hour. Try again in {}. Many postings can be in one sheet of at most 20 MB."
    ),
    "没有“{}”这个字段，有：{}": "There is no field “{}”. There are: {}",
    "表格里没有“{}”这一列，有：{}": "The sheet has no column “{}”. It has: {}",
    "认不出哪一列是职位名称，请指明，如 --column 列名=title": "Say which column is the title, for example --column NAME=title",
    "没有这个单位，请重新选择": "There is no such unit. Choose from the list",
    "导入时有拿不准的内容，请打开这个职位，看过“导入时的提示”再发布。": (
        "The import read something doubtful. Look at the posting and its remarks, then publish it by itself."
    ),
    "有内容不能发布，请看标出的词语和依据。": "Some content must not be published. See the words and their legal basis.",
    "这个职位在您打开之后被修改过，这次操作没有生效。请打开最新内容，核对后再操作。": (
        "The posting was changed after you read it; nothing was done. Read it again, check, and repeat."
    ),
    "还缺少{}，补充后才能发布。": "Missing: {}. It can be published when they are given.",
    "{}（{}要求）": "{} (required by {})",
    "请填写 0 到 {} 之间的整数。": "Must be an integer from 0 to {}.",
    "招满至少要招到 1 人，请填写人数；没有招到人，请用“下架”。": (
        "At least 1 person must have been found; otherwise withdraw the posting."
    ),
    "没有找到这家用人单位，请重新选择或填写。": "There is no such employer. Choose or write another.",
    "最多 {} 字，现在是 {} 字。": "At most {} characters; there are {}.",
    "请填写职位名称，如“数控车床操作工”。": "Give a title, such as “数控车床操作工”.",
    "最多 {} 个，现在是 {} 个。": "At most {}; there are {}.",
    "“{}…”太长，每个最多 {} 字，请用顿号或逗号隔开。": "“{}…” is too long: at most {} characters each, separated by commas.",
    "没有这个职业，请从列表中选择。": "There is no such occupation. Choose from the list.",
    "没有这个行业，请从列表中选择。": "There is no such industry. Choose from the list.",
    "没有这个地区，请从列表中选择。": "There is no such region. Choose from the list.",
    "请从列表中选择学历。": "Choose the level of education from the list.",
    "请从列表中选择用工类型。": "Choose the type of employment from the list.",
    "请至少选择到城市，求职者要知道在哪里上班。": "Choose a city at least: seekers need to know where the work is.",
    "招聘人数应在 1 到 {} 之间。": "The headcount must be from 1 to {}.",
    "工作经验应在 0 到 {} 年之间。": "Experience must be from 0 to {} years.",
    "工作经验的下限高于上限，请改正。": "The least experience is above the most.",
    "薪资折合每月应在 1 元到 100 万元之间，请检查金额和单位。": "Pay must be from 1 to 1,000,000 yuan a month. Check amount and unit.",
    "最低薪资高于最高薪资，请改正。": "The least pay is above the most.",
    "请选择薪资单位。": "Choose the unit of pay.",
    "请选择一个职业。": "Choose an occupation.",
    "每年发薪月数应在 12 到 24 之间。": "The months of pay a year must be from 12 to 24.",
    "请先下架。": "Withdraw it first.",
    "如有疑问请联系平台客服。": "If in doubt, ask the platform's support.",
    "当前状态是“{}”，不能删除。{}": "It is {} and cannot be deleted. {}",
    "这个职位有投递或其他记录，不能删除；保持下架即可。": (
        "The posting has applications or other records and cannot be deleted. Leave it withdrawn."
    ),
    "当前状态是“{}”，不能修改。": "It is {} and cannot be changed.",
    "{}如需保留，请先下架，修改后重新发布送审。": "{} To keep it, withdraw it, change it and publish it for review again.",
    "这个编号已用在本机构的另一个职位上，请换一个或留空。": "Another posting of the agency has this code. Use another, or none.",
    "这次导入已经开始，不能再改列的对应。如需改动，请重新上传文件。": (
        "The import has begun; its columns can no longer be changed. Upload the file again."
    ),
    "不能确定“{}”是不是列名：请用 --header 写明列名在第几行，没有列名写 0": (
        "“{}” may be no names: give their row with --header, 0 for none."
    ),
    "一起读取了 {} 张工作表：{}。": "{} worksheets were read together: {}.",
    "隐藏或筛选掉的 {} 行没有读取。要导入的话，请取消隐藏和筛选、保存后重新上传。": (
        "{} hidden or filtered rows were not read. To import them, show them, save, and upload the file again."
    ),
    "隐藏的 {} 列没有读取。": "{} hidden columns were not read.",
    "表格中间重复的列名 {} 行已跳过。": "{} repeated lines of names were skipped.",
    "横跨整行的标题、备注 {} 行已跳过。": "{} titles or notes over the whole width were skipped.",
    "列名“{}”像是“{}”，但里面的{}不是，所以没有采用。请选它真正的含义，或选“不导入”。": (
        "The name “{}” looks like “{}”, but {} in it are not; it is not mapped. Choose what it means, or leave it out."
    ),
    "上次给空着的行统一填写过：{}。这次没有自动填，要用请在下面“个别行可能空着的”里填写。": (
        "Last time blank cells were filled with: {}. Not this time: put it into defaults to use it."
    ),
    "表格还在读取，请稍等片刻再确认各列。": "The sheet is still being read. Try again in a moment.",
    "这次导入已经开始，不能再改。如需改动，请重新上传文件。": "The import has started. Upload the file again to change it.",
    "请至少选一张要导入的工作表": "Choose at least one worksheet of the file.",
    "上传的文件读不出来了，请重新上传。": "The stored file cannot be read any more. Upload it again.",
    "请先确认每一列的含义，再开始导入。": "Confirm what each column means first.",
    "本机构已被暂停服务，导入已停止。已经导入的职位不会丢失；服务恢复后再次上传，不会重复。": (
        "The agency is suspended and the import has stopped. What was imported stays; a later upload repeats nothing."
    ),
    "保存的表格读不出来了，请重新上传。已经导入的职位不会丢失，再次导入也不会重复。": (
        "The stored sheet cannot be read. Upload it again: what was imported stays and is not repeated."
    ),
    "文件内容与上传时不一致，请重新上传。已经导入的职位不会丢失，再次导入也不会重复。": (
        "The stored file differs from the upload. Upload it again: what was imported stays and is not repeated."
    ),
    "只有招聘中的职位才能确认在招。已下架或到期的，可以重新发布。": "Only open postings can be confirmed. Publish others again.",
    "一次最多处理 {} 个职位，请分批操作。": "At most {} postings at once. Send several batches.",
    "这个职位在您读取之后被修改或删除过，这次操作没有生效。请重新读取，核对后再写。": (
        "The posting was changed or deleted after you read it; nothing was done. Read it again, check, and repeat."
    ),
    "这个编号已用在本机构的另一个职位上，请换一个，或按编号更新。": (
        "Another posting of the agency has this external id. Use another, or update by it."
    ),
    "本机构已有内容相同的职位。确是不同的职位，请用不同的编号。": (
        "The agency has a posting with the same content. If it is another job, give it another external id."
    ),
    "这一批的第 {} 项已用了这个编号，请合并成一项，或换一个编号。": (
        "Item {} of this batch has the same external id. Join them, or use another."
    ),
    "请填写用人单位的全称，与营业执照一致，最多 100 字。": "Give the employer's full name as on its licence, at most 100 characters.",
    "请写明希望怎么改。": "Say what should be changed.",
    "这个职位已有 {} 条意见等职介答复，请先等答复。": "{} wishes about this posting await an answer.",
    "请写明为什么不改，对方会看到。": "Say why it stays; the other side sees it.",
    "最多 {} 个字，现在有 {} 个字，请删减一些。": "At most {} characters; there are {}. Shorten it.",
    "employer_id、employer、for_self 只能写其中一个。": "Give only one of employer_id, employer and for_self.",
    "与网址中的编号不同，请去掉，或改成一样。": "Differs from the one in the path. Leave it out, or make it the same.",
    "不能为空。": "Must not be empty.",
    '请写读取时 ETag 里的值，如 "3"。': 'Send the ETag as it was read, such as "3".',
    # elements and policies
    "用人单位": "employer",
    "招聘人数": "headcount",
    "招聘条件": "requirements",
    "工作内容": "duties",
    "工作地点": "place of work",
    "基本劳动报酬": "basic pay",
    "用工类型": "type of employment",
    "工作条件": "working conditions",
    "有效期": "last day",
    "请选择或填写用人单位。": "Choose or give the employer.",
    "请填写招聘人数。": "Give the headcount.",
    "请填写任职要求，没有特别要求可写“无特殊要求”。": "Give the requirements; if there are none, write “无特殊要求”.",
    "请填写具体做什么工作。": "Say what the work is.",
    "请选择工作地点。": "Choose the place of work.",
    "请填写薪资范围；只写“面议”不能发布。": "Give a range of pay; “negotiable” alone cannot be published.",
    "请选择用工类型。": "Choose the type of employment.",
    "请填写工作时间、班次、食宿等工作条件。": "Give the working conditions: hours, shifts, board and lodging.",
    "请填写招聘截止日期。": "Give the last day.",
    "截止日期已经过去，请改成今天或以后的日期。": "The last day has passed. Give today or a later day.",
    "有效期最长 {} 天，请改早一些；到期后可以重新发布。": "At most {} days ahead. It can be published again afterwards.",
    "审核职位由审核员负责，您的角色不能进行这项操作。": "Reviewing postings is for auditors.",
    "您在本机构是只读角色，不能修改职位。如需修改，请联系机构管理员。": "Viewers may not change postings. Ask the agency's owner.",
    "您在本单位是只读角色，不能提出或答复修改意见。请联系管理员。": "Viewers may not make or answer wishes. Ask the owner.",
    "没有找到这个职位，它可能已被删除，或属于其他机构。": "There is no such posting: it may be deleted, or another agency's.",
    "没有找到这个职位。": "There is no such posting.",
    "没有找到这个职位，它可能已被删除。": "There is no such posting; it may be deleted.",
    "本机构没有这个编号的职位。": "The agency has no posting with this external id.",
    "这次导入没有未导入的行。": "The import left out no rows.",
    "“{}”已停止招聘，可以看看其他相近的职位。": "“{}” is no longer open.",
    "这个职位已停止招聘，不能再投递。可以看看其他相近的职位。": "The posting is no longer open.",
    # screening
    "“{}”{}（{}）。{}": "“{}”: {} ({}). {}",
    "请用测试接口通过或驳回。": "Approve or reject it by the test operations.",
    "请删去对性别的限制或优先。": "Remove the restriction or preference by sex.",
    "请删去对婚姻、生育状况的要求。": "Remove the requirement on marriage or children.",
    "请删去对民族的限制。": "Remove the restriction by ethnicity.",
    "请删去对宗教信仰的限制。": "Remove the restriction by religion.",
    "请删去对户籍、籍贯、地域的限制；可以写明工作地点和是否提供住宿。": (
        "Remove the restriction by household registration or origin; place of work and lodging may be given."
    ),
    "请删去该要求；法律、行政法规禁止从事的岗位除外。": "Remove the requirement, except for work from which the law excludes.",
    "请改为年满 16 周岁。": "Change it to 16 years or older.",
    "招聘不得以任何名义向求职者收费、收取押金，请删去。": "No fees or deposits may be taken from seekers. Remove it.",
    "招聘不得扣押身份证和其他证件，请删去。": "Identity cards and other papers may not be held. Remove it.",
    "请如实写明岗位和薪资。": "State the work and the pay truthfully.",
    "招聘不得转为收费培训或诱导贷款，请删去。": "Recruitment must not turn into paid training or loans. Remove it.",
    "年龄限制不是法律列明的歧视事由，但要由审核员确认确有必要；如无必要，建议删去，可立即发布。": (
        "Limits of age need an auditor's approval. Without them it can be published at once."
    ),
    "国家另有规定的岗位（如井下作业、异性浴室）由审核员确认；不属于的，请删去对性别的限制。": (
        "An auditor confirms work that the state reserves (underground mining, baths of one sex). Otherwise remove the restriction."
    ),
    "公益性岗位等按规定面向特定人员的，由审核员确认；其他岗位请删去对户籍、地域的限制。": (
        "An auditor confirms posts that rules reserve, such as public-interest ones. Otherwise remove the restriction by origin."
    ),
    "民族自治地方依法照顾少数民族的，由审核员确认；需要语言能力的，请写明语言。": (
        "An auditor confirms preferences that the law gives in autonomous areas. If a language is needed, name the language."
    ),
    "法律、行政法规禁止传染病病原携带者从事的工作（如直接入口食品），由审核员确认；可写“持健康证”。其他岗位请删去。": (
        "An auditor confirms work from which the law excludes carriers (such as food). A health certificate may be asked for."
    ),
    "外貌和身高与多数工作无关，要由审核员确认确有必要；如无必要，建议删去，可立即发布。": (
        "Appearance and height need an auditor's approval. Without them it can be published at once."
    ),
    "请删去微信、QQ、电话、邮箱等联系方式，求职者投递后再联系；确有必要的，由审核员确认。": (
        "Remove contacts (WeChat, QQ, telephone, e-mail): applicants are contacted after they apply. An auditor decides otherwise."
    ),
    "星座、属相、血型与工作无关，请删去。": "Star signs and blood groups have nothing to do with work. Remove them.",
    "请如实写明薪资的构成和范围，由审核员确认。": "State what the pay consists of and its range. An auditor confirms it.",
    "对外貌、身高有要求": "demands an appearance or height",
    "引导求职者在平台外联系": "leads seekers to contacts outside the platform",
    "与工作无关": "has nothing to do with work",
    "涉嫌性别歧视": "discriminates by sex",
    "把婚育状况作为招聘条件": "makes marriage or children a condition",
    "涉嫌民族歧视": "discriminates by ethnicity",
    "涉嫌宗教信仰歧视": "discriminates by religion",
    "以户籍、地域限制求职者": "restricts by household registration or origin",
    "涉嫌对病原携带者或残疾人的歧视": "discriminates against carriers or disabled people",
    "招用未满 16 周岁的人": "employs people below 16",
    # sheets
    "文件是空的，请检查后重新选择。": "The file is empty.",
    "文件超过 20 MB，请拆成几个文件分别导入。": "The file exceeds 20 MB. Split it.",
    "这不是 Excel 或 CSV 表格，请用 Excel 或 WPS 另存为“.xlsx”后再导入。": "This is no Excel or CSV sheet. Save it as .xlsx.",
    "这个文件的内容其实是网页，里面没有表格。请用 Excel 或 WPS 打开它，另存为“.xlsx”后再导入。": (
        "This is a web page without a table. Open it and save it as .xlsx."
    ),
    "这个文件其实是网页存档，请用 Excel 或 WPS 打开它，另存为“.xlsx”后再导入。": "This is a web archive. Open it and save it as .xlsx.",
    "文件里有宏，为了安全不能导入。请另存为不带宏的“.xlsx”后再导入。": "The file has macros. Save it as .xlsx without them.",
    "不支持“.xlsb”格式，请另存为“.xlsx”后再导入。": ".xlsb is not supported. Save it as .xlsx.",
    "不支持“.ods”格式，请另存为“.xlsx”后再导入。": ".ods is not supported. Save it as .xlsx.",
    "文件设了打开密码，请在 Excel 或 WPS 里去掉密码、保存后再导入。": "The file has a password. Remove it and save again.",
    "文件已损坏或不完整，请用 Excel 或 WPS 打开确认、重新保存后再导入。": "The file is damaged or incomplete. Open it and save it again.",
    "文件解压后大得不正常，为了安全不能导入。请把职位数据复制到一张新表格里再导入。": (
        "The file is abnormally large when unpacked. Copy the postings to a new sheet."
    ),
    "文件里有不该出现的定义（DTD），为了安全不能导入。请把职位数据复制到一张新表格里再导入。": (
        "The file contains a DTD. Copy the postings to a new sheet."
    ),
    "文件太大或太复杂，读不下来。请只保留职位数据，拆成几个文件分别导入。": (
        "The file is too large or complex. Keep the postings only, and split it."
    ),
    "超过 100,000 行，请拆成几个文件分别导入。": "More than 100,000 rows. Split the file.",
    "超过 100 列，请删去用不到的列后再导入。": "More than 100 columns. Delete those that are not needed.",
    "超过 30 张工作表，请拆成几个文件分别导入。": "More than 30 worksheets. Split the file and import its parts.",
    "表格里没有数据，请检查列名下面有没有职位。": "The sheet has no data. Are there postings below the names?",
    "表格里的行都被隐藏或筛选掉了。请取消隐藏和筛选、保存后再导入。": "All rows are hidden or filtered out. Show them and save again.",
    "第 {} 行有一个引号没有配对，后面的行被连在了一起。请补上引号，或另存为“.xlsx”后再导入。": (
        "Row {} has an unmatched quote, which joins the rows after it. Close it, or save the file as .xlsx."
    ),
    "文字编码认不出来，请在保存时选“UTF-8”，或另存为“.xlsx”后再导入。": "The encoding is unknown. Save it as UTF-8 or as .xlsx.",
    "没有找到表头，请在第一行写上“职位名称”“薪资”“工作地点”等列名。": (
        "There is no header row. Write the columns' names in the first row: 职位名称, 薪资, 工作地点."
    ),
    "请从下拉列表中选一项。": "Choose from the list.",
    "上传后 30 天没有开始导入，文件已删除。需要时请重新上传。": (
        "The import was not started within 30 days, and the file was deleted. Upload it again if you need it."
    ),
}
