"""Texts about fairs, reviews, affiliations, employers and shops."""

TEXTS = {
    # fairs
    "已有 {} 人登记，名额不能少于这个人数。": "{} people have registered; the capacity must not be below that.",
    "已发布的招聘会只能改到将来的时间。": "A published fair can be moved to a future time only.",
    "已发布的招聘会不能没有{}。": "A published fair needs: {}.",
    "发布职位": "publish postings",
    "发布招聘会": "publish fairs",
    "还缺少{}，补全后再发布。": "Missing: {}. Publish it when they are given.",
    "请写明取消的原因，已登记的人会看到。": "Say why it is cancelled; those who registered see it.",
    "已发布的招聘会不能删除，只能取消，并告知已登记的人。": (
        "A published fair cannot be deleted, only cancelled; those who registered are told."
    ),
    "刚刚被同事改过。您填的内容还在下面，但没有保存：请先在新窗口查看现在的内容，再提交一次。": (
        "A colleague has just changed it; nothing was stored. Read it again, check, and repeat."
    ),
    "最多 {} 字。": "At most {} characters.",
    "请填写招聘会名称。": "Give the fair's name.",
    "请选择现场或线上。": "Choose onsite or online.",
    "请选择举办地区。": "Choose the region.",
    "结束时间要晚于开始时间。": "It must end after it begins.",
    "一场招聘会最长 {} 天，请核对日期。": "A fair lasts at most {} days.",
    "请填 1 到 {} 的整数，不限名额请留空。": "Must be an integer from 1 to {}, or null without a limit.",
    "请填写完整的网址，以 https:// 开头。": "Give a complete URL that begins with https://.",
    "请填写单位的全称，与营业执照一致。": "Give the full name as on the licence.",
    "“{}”已经在参会单位里了。": "“{}” already takes part.",
    "一场招聘会最多 {} 家单位。": "At most {} employers in a fair.",
    "请核对单位名称。": "Check the employer's name.",
    "展位号最多 {} 字。": "A booth has at most {} characters.",
    "展位 {} 已经给了“{}”。": "Booth {} belongs to “{}”.",
    "没有找到这场招聘会，它可能尚未发布。": "There is no such fair; it may not be published.",
    "今天举报的评价太多了，请 {}后再举报。急事请拨打 12333。": (
        "Too many reviews reported today. Try again in {}. If it is urgent, call 12333."
    ),
    "签到码核对得太频繁了，请 {}后再试。": "Too many check-in codes. Try again in {}.",
    "一小时内最多上传 {} 张图片，请 {}后再试。": "At most {} pictures an hour. Try again in {}.",
    "您已经签到，不能再取消登记。": "Checked in already; the registration can no longer be cancelled.",
    "没有这个签到码。请核对，或确认对方登记的是这一场。": "There is no such check-in code for this fair.",
    "这个签到码在 {}月{}日 {} 用过了，不能重复签到。": "The check-in code was used on {}/{} at {}.",
    "这场招聘会已取消，不能登记。": "The fair is cancelled.",
    "这场招聘会已经结束，不能登记。可以看看其他场次。": "The fair is over.",
    "这场招聘会的登记名额已满。有人取消后会空出名额，可以稍后再来看看。": "The fair is full.",
    "这场招聘会已取消，不能签到。": "The fair is cancelled; nobody can check in.",
    "还没有到签到时间，开始前 1 小时可以签到。": "Checking in begins an hour before the fair.",
    "招聘会已经结束，不能再签到。": "The fair is over; nobody can check in.",
    "您在本机构的角色不能签到，请联系机构管理员。": "Your role may not check in. Ask the agency's owner.",
    "您在本机构的角色不能编辑招聘会，请联系机构管理员。": "Your role may not edit fairs. Ask the agency's owner.",
    "这场招聘会已取消，不能再修改。可以复制一场新的。": "The fair is cancelled and cannot be changed. Copy it.",
    "这场招聘会已经结束，不能再修改。可以复制一场新的。": "The fair is over and cannot be changed. Copy it.",
    # reviews
    "您的评价已被平台隐藏，不能再修改。": "The platform has hidden the review; it can no longer be changed.",
    "请写下回复的内容。": "Write the reply.",
    "这条评价已被平台隐藏，不需要回复。": "The platform has hidden the review; it needs no reply.",
    "请选择举报原因。": "Choose the reason of the report.",
    "选择“其他”时，请写明具体情况。": "With “other”, say what happened.",
    "您已举报过这条评价，正在处理，结果会通知您。": "You have reported this review; it is being dealt with.",
    "请写明核查结果，举报人和作者会看到；最多 {} 字。": "Give the finding, at most {} characters.",
    "这些举报已由同事处理。": "A colleague has dealt with these reports.",
    "请选择 1 到 5 星。": "Choose 1 to 5 stars.",
    "最多选 {} 个标签。": "At most {} tags.",
    "您是这家机构的工作人员，不能评价自己的机构。": "Members may not review their own agency.",
    "只有与这家机构打过交道的人才能评价：投递得到答复后，或投递满 7 天仍没有答复时，就可以来评价。": (
        "Only those who dealt with the agency may review it."
    ),
    "您在本机构的角色不能回复评价，请联系机构管理员。": "Your role may not reply to reviews. Ask the agency's owner.",
    "请删去号码“{}…”：评价所有人可见，不要写电话、身份证号、QQ 号等。": "Remove the number “{}…”: everybody sees this text.",
    "请删去网址或邮箱：评价所有人可见，不要写联系方式。": "Remove the address: everybody sees this text.",
    "请删去微信号或 QQ 号：评价所有人可见，不要写联系方式。": "Remove the WeChat or QQ number: everybody sees this text.",
    "这条评价没有举报。": "The review has no reports.",
    # affiliations and employers
    "每天最多申请关联 {} 家职介，请 {}后再申请。": "At most {} agencies a day. Try again in {}.",
    "请写明想招的职位和人数。": "Say which jobs and how many people are wanted.",
    "您的企业还没有通过三项认证，通过后就可以申请关联职介。": "The employer is not certified yet.",
    "没有找到这家职介，它可能已暂停服务。": "There is no such agency; it may be suspended.",
    "这家职介刚刚没有同意关联，7 天后可以再次申请；也可以看看其他职介。": "The agency has just refused; ask again after 7 days.",
    "这家企业的认证目前无效，暂时不能同意关联。对方重新通过认证后再处理。": (
        "The employer's certification is not valid now. Approve when it is certified again."
    ),
    "请写明原因，对方会看到。": "Say why; the other side sees it.",
    "“{}”正在接受处置（{}），暂时不能新建关联。": "“{}” is under a sanction ({}); it cannot be affiliated now.",
    "您已经向这家职介申请过，或已经关联。请在“合作职介”里查看。": "Asked already, or affiliated.",
    "请填写用人单位的全称，与营业执照一致。": "Give the employer's full name as on its licence.",
    "单位名称最多 {} 字。": "The name has at most {} characters.",
    "请从列表中选择单位性质。": "Choose the ownership from the list.",
    "请从列表中选择单位规模。": "Choose the size from the list.",
    "请从列表中选择所属行业。": "Choose the industry from the list.",
    "请从列表中选择单位所在地。": "Choose the region from the list.",
    "这个信用代码登记的单位是“{}”，请核对名称和代码是否属于同一家单位。": "This credit code belongs to “{}”. Check name and code.",
    # shops
    "“{}”最多 {} 条。": "“{}”: at most {} entries.",
    "请填写{}。": "Give: {}.",
    "请填写四位年份，如 {}。": "Give a year of four digits, such as {}.",
    "最多 {} 张，请先删去不再需要的。": "At most {} pictures. Delete some first.",
    "刚刚被同事改过。您填的内容还在下面，但没有保存：请先在新窗口查看旗舰店现在的内容，再提交一次。": (
        "A colleague has just changed the shop; nothing was stored. Read it again, check, and repeat."
    ),
    # pictures
    "这里只能放图片，不能放 PDF。请选择 JPG、PNG 或 WebP 图片。": "Pictures only, no PDF: JPG, PNG or WebP.",
    "只能上传 {}，请换一个文件。": "Only these kinds of files: {}.",
    "JPG、PNG、WebP 图片": "JPG, PNG and WebP pictures",
    "JPG、PNG、WebP 图片或 PDF 文件": "JPG, PNG and WebP pictures, and PDF",
    "这个文件是空的，请重新选择。": "The file is empty.",
    "文件太大，请不要超过 {} MB。图片可以压缩后再传。": "The file is too large: at most {} MB.",
    "图片的尺寸太大：手机拍的 JPG 照片最多 5000 万像素，其他图片最多 1200 万像素（如 4000×3000）。"
    "请在相册里选“中等大小”，或截图后再传。": (
        "The picture is too large: at most 50 megapixels for a sequential JPEG, 12 for others (such as 4000 × 3000)."
    ),
    "这张图片打不开，可能已损坏，请换一张。": "The picture cannot be opened; it may be damaged.",
    "这个文件打不开：内容太复杂或已损坏。请重新导出，或拍成照片后再传。": "The file cannot be opened: it is too complex or damaged.",
    "照片太小，印出来会模糊，请选择不小于 {}×{} 像素的照片。": "The picture is too small: at least {} × {} pixels.",
    "现在上传的人较多，这个文件还没有收下。您填的内容都在，请过几秒重新选择文件，再提交一次。": (
        "Too many files are being opened; this one was not stored. Send it again in some seconds."
    ),
    "请写一句图片说明：看不见图片的人靠它知道图片里是什么。": "Describe the picture for those who cannot see it.",
    "服务项目最多 {} 个。": "At most {} services.",
    "每个服务项目最多 30 字，请用顿号或换行隔开。": "At most 30 characters for each service.",
    "请写明收费情况，如“不向求职者收费”（人力资源市场暂行条例第三十二条要求公示）。": (
        "State the fees, such as “不向求职者收费” (人力资源市场暂行条例 art. 32 asks for it)."
    ),
    "本机构正在接受处置（{}），暂时不能发布职位。处置说明和申诉办法见“处置与申诉”；草稿可以照常保存。": (
        "The agency is under a sanction ({}) and may not publish postings now. Drafts can be stored."
    ),
    "机构资质有效期至 {}，已到期，重新核验后才能发布职位。请机构管理员重新核验；草稿可以照常保存。": (
        "The agency's qualification was valid until {}. It may publish when it is verified again. Drafts can be stored."
    ),
    "机构资质{}，暂时不能发布职位。请机构管理员先完成资质审核；草稿可以照常保存。": (
        "The agency's qualification: {}. It may not publish postings now. Drafts can be stored."
    ),
    "人力资源服务许可证有效期至 {}，已过期，不能发布职位。请机构管理员更新许可证；草稿可以照常保存。": (
        "The licence was valid until {}. The agency may publish with a new one. Drafts can be stored."
    ),
    "机构旗舰店还没有开放，暂时不能发布职位。请机构管理员先补全机构资料；草稿可以照常保存。": (
        "The agency's shop is not open yet, so it may not publish postings. Complete its profile first. Drafts can be stored."
    ),
    "用人单位“{}”正在接受处置（{}），暂时不能为它发布职位。草稿可以照常保存，处置解除后再发布。": (
        "The employer “{}” is under a sanction ({}); postings for it cannot be published now. Drafts can be stored."
    ),
    "您在本机构的角色不能进行这项操作。如需处理，请联系机构管理员。": "Your role may not do this. Ask the agency's owner.",
    "您在本机构的角色不能进行这项操作，请联系机构管理员。": "Your role may not do this. Ask the agency's owner.",
    "您在本机构是只读角色，不能处理关联。如需处理，请联系机构管理员。": "Viewers may not handle affiliations. Ask the agency's owner.",
    "只有管理员能管理成员。如需调整，请联系本机构的管理员。": "Only owners manage members. Ask the agency's owner.",
    "管理员能管理整个机构，请先确认是您本人。": "Confirm first that it is you.",
    "没有找到这家旗舰店，它可能尚未开放或已暂停服务。": "There is no such shop; it may not be open, or suspended.",
    "没有找到这家单位的主页。只有通过平台认证的单位才有主页。": "There is no page of this employer. Only certified ones have one.",
    "这张图片暂时打不开。": "The picture cannot be opened now.",
    "请先征得本人同意，不要写个人电话。": "With the person's consent only, and no private phone number.",
    "求职者会直接打交道的人；请先征得本人同意，不要写个人电话。": (
        "People with whom seekers deal; with their consent only, and no private phone number."
    ),
    "只写能核实的数字和奖项。": "Only figures and prizes that can be checked.",
    "如“免费”“每人 500 元，由用人单位支付”。": "Such as “free” or “500 yuan a person, paid by the employer”.",
    "《人力资源市场暂行条例》第三十二条要求公示服务项目和收费标准。": "人力资源市场暂行条例 art. 32 asks for services and fees.",
    # parameters of reads
    "可以附上的只有 agency 和 employer，用逗号连接。": "Only agency and employer can be expanded, separated by commas.",
    "有 expand 时每页最多 {} 条。": "With expand at most {} items a page.",
    "没有代码为 {} 的地区，请对照 GET /regions；已撤销的代码见 GET /regions/{}。": (
        "There is no region {}. See GET /regions; abolished codes are at GET /regions/{}."
    ),
    "没有成员 {}。可以选：{}。": "There is no member {}. Choose from: {}.",
    "没有这个列表。可以选：{}。": "There is no such list. Choose from: {}.",
    "请在 by（时长）和 to（时间）中填写一个。": "Give one of by (a duration) and to (a time).",
    "请写成周、天、小时或分钟的 ISO 8601 时长，如 P30D、P1W、PT6H。月和年的长短不定，不能用。": (
        "Must be an ISO 8601 duration in weeks, days, hours or minutes, such as P30D, P1W, PT6H."
    ),
}
