"""Texts about applications, interviews, onboarding and resumes."""

TEXTS = {
    "一次最多处理 {} 份投递，请分几次操作。": "At most {} applications at once. Send several batches.",
    "有一份投递已找不到，没有处理。": "One application was not found and not dealt with.",
    "这一段已经处理过了。": "This part has been dealt with already.",
    "请选择一个原因，求职者会看到。": "Choose a reason; the seeker sees it.",
    "选择“其他原因”时，请写明是什么原因。": "With “other”, say what the reason is.",
    "对方 {} 天内没有处理，系统已自动关闭。您可以重新投递或选择其他职位。": "Closed: the agency did nothing for {} days.",
    "为保护求职者，每位工作人员每小时最多下载 {} 个附件，请 {}后再试。": (
        "To protect seekers, at most {} attachments an hour per member. Try again in {}."
    ),
    "为保护求职者，每位工作人员每小时最多打开 {} 份找到的简历，请 {}后再试。": (
        "To protect seekers, at most {} found resumes an hour per member. Try again in {}."
    ),
    "一次最多下载 {} 份简历，请减少勾选后再试。": "At most {} resumes at once.",
    "为保护求职者，每位工作人员每小时最多打包下载 {} 次，请 {}后再试。": (
        "To protect seekers, at most {} archives an hour per member. Try again in {}."
    ),
    "这次投递已标记为不合适，不再提供{}下载。": "The application was rejected; {} can no longer be downloaded.",
    "每小时最多导出 {} 次，请 {}后再试。": "At most {} exports an hour. Try again in {}.",
    "请选择面试方式。": "Choose the kind of interview.",
    "现场面试请填写详细地址，方便求职者前往。": "An interview on site needs the full address.",
    "请填写以 https:// 开头的会议链接。": "Give a link to the meeting that begins with https://.",
    "这份邀约已被新的安排取代，请刷新页面查看最新邀约。": "The invitation was replaced by a new one. Read the newest.",
    "面试时间已经过了，不能再接受。可以谢绝并留言，请职介改约时间。": "The interview's time has passed; it can no longer be accepted.",
    "每位工作人员每天最多邀请 {} 人投递，请 {}后再继续。": "At most {} invitations a day per member. Go on in {}.",
    "没有找到这份邀请。": "There is no such invitation.",
    "这位求职者已经投递了这个职位，请到“投递”里查看。": "The seeker has applied for this posting. See the applications.",
    "这位求职者对贵机构的邀请表示过不感兴趣，{} 天内不再打扰。可以看看其他人。": (
        "The seeker declined an invitation of the agency and is left alone for {} days."
    ),
    "请写下备注的内容。": "Write the note.",
    "一份投递最多 {} 条备注，请先删除不再需要的。": "At most {} notes on an application. Delete some first.",
    "没有找到您写的这条备注，它可能已被删除。": "There is no such note of yours; it may be deleted.",
    "请填写报到地点，方便求职者前往。": "Give the place of arrival.",
    "求职者没有待答复的改时间申请，请刷新页面查看最新进展。": "The seeker has asked for no other time. Read the newest state.",
    "请写明原因，例如“当天已有安排”，职介会看到。": "Say why; the agency sees it.",
    "最多提出 {} 个时间。": "At most {} times.",
    "提出的时间须晚于现在，且在 {} 天以内，请重新选择。": "The times must be in the future, at most {} days ahead.",
    "职介已确认按原时间面试。时间确实不合适的，可以谢绝并留言。": "The agency has confirmed the first time.",
    "您已经提出改时间，正在等待职介答复，不用重复提出。": "Another time was asked for and awaits the agency's answer.",
    "面试时间已经过了。可以谢绝并留言，请职介改约时间。": "The interview's time has passed.",
    "这份邀约已经结束，不能再改时间。": "The invitation is closed.",
    "为保护求职者，每位工作人员每小时最多查看 {} 次联系方式，请 {}后再试。": (
        "To protect seekers, at most {} contacts an hour per member. Try again in {}."
    ),
    "这次投递已标记为不合适，不再提供求职者的联系方式。": "The application was rejected; contacts are no longer given.",
    "请写明原因，求职者会看到。": "Say why; the seeker sees it.",
    "为保护求职者，每位工作人员每小时最多下载 {} 份简历，请 {}后再试。": (
        "To protect seekers, at most {} resumes an hour per member. Try again in {}."
    ),
    "这次投递已标记为不合适，不再提供简历下载。": "The application was rejected; the resume can no longer be downloaded.",
    "查看联系方式已超过 10 分钟，请重新写明原因、显示联系方式后再下载。": (
        "Contacts were given more than 10 minutes ago. Ask for them again, with a reason, before the download."
    ),
    "您不能进行“{}”操作。": "You may not do this: {}.",
    "当前状态是“{}”，不能{}。请刷新页面查看最新进展。": "It is “{}” now, which does not allow this: {}. Read the newest state.",
    "{}须晚于现在，请重新选择。": "Must be in the future: {}.",
    "{}不能超过 {} 天以后，请重新选择。": "{}: at most {} days ahead.",
    "答复截止时间须晚于现在，请重新选择。": "The time to answer by must be in the future.",
    "答复截止时间不能晚于{}，请重新选择。": "The time to answer by must not be after {}.",
    "请填写联系人，求职者好知道找谁。": "Give a contact person.",
    "请填写能打通的联系电话，例如 028-12345678。": "Give a phone number that can be called, such as 028-12345678.",
    "您在本机构是只读角色，不能处理投递。如需处理，请联系机构管理员。": "Viewers may not handle applications. Ask the agency's owner.",
    "您在本单位是只读角色，不能填写意见或下载。如需处理，请联系单位管理员。": "Viewers may not give opinions or download. Ask the owner.",
    "只有平台客服可以跟进入职情况。": "Only the platform's support follows up onboarding.",
    "求职者已注销账号，附件已按规定删除。": "The seeker's account is erased; the attachments are deleted.",
    "求职者已注销账号，简历已按规定删除。": "The seeker's account is erased; the resume is deleted.",
    "这是贵机构自己招聘的职位，没有需要转交的企业。": "The posting is the agency's own; there is no employer to hand it on to.",
    "求职者已撤回这次投递或同意，企业不能再看到。": (
        "The seeker has withdrawn the application or the consent; the employer no longer sees it."
    ),
    "求职者屏蔽了这家企业，请勿转交。": "The seeker has blocked this employer. Do not hand it on.",
    "这家企业没有与贵机构关联。请企业登录平台申请关联，贵机构同意后就能看到。": (
        "The employer is not affiliated with the agency. It sees applications when it has asked and the agency has agreed."
    ),
    "这家企业申请了关联，请先在“关联企业”里答复。": "The employer has asked to be affiliated. Answer that first.",
    "与这家企业的关联已结束，企业不再看到投递。": "The affiliation has ended; the employer no longer sees applications.",
    "这家企业的认证还没有完成，完成后就能看到。": "The employer's certification is not complete yet.",
    "这家企业正被平台限制，暂时看不到投递。": "The platform restricts the employer; it sees no applications now.",
    "这个职位已停止招聘，请换一个在招的职位。": "The posting is no longer open. Choose another.",
    "没有可以下载的简历。": "There are no resumes to download.",
    "这个附件已不存在。": "The attachment no longer exists.",
    "这个附件不存在，可能已被删除。": "There is no such attachment; it may be deleted.",
    "没有找到这个单位或机构，它可能已被删除。": "There is no such organisation; it may be deleted.",
    "您在本机构是只读角色，不能查找简历。如需查找，请联系机构管理员。": "Viewers may not look for resumes. Ask the agency's owner.",
    "没有找到这份简历，它可能已不再对职介展示。": "There is no such resume; it may no longer be shown to agencies.",
    "这一条内容不存在，可能已被删除。": "There is no such entry; it may be deleted.",
    "没有找到这个版本，它可能已超过保留期限。": "There is no such version; it may be past its retention.",
    "求职者已撤回这次投递，简历不再提供查看。": "The seeker has withdrawn; the resume can no longer be read.",
}
