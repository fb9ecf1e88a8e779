"""Texts of the API itself, of the kernel, and of searches, changes, webhooks and test mode."""

TEXTS = {
    # titles
    "请求有误": "Bad request",
    "需要认证": "Authentication needed",
    "没有权限": "Not permitted",
    "没有找到": "Not found",
    "不支持这种方法": "Method not allowed",
    "操作没有完成": "Not done",
    "已不再提供": "Gone",
    "内容已被修改": "Changed meanwhile",
    "内容太大": "Too large",
    "不支持这种内容类型": "Unsupported media type",
    "参数需要修改": "Invalid input",
    "请求太频繁": "Too many requests",
    "系统出了点问题": "Internal error",
    "服务暂时不可用": "Temporarily unavailable",
    "出错了": "Error",
    "系统里还没有载入这个代码，请换一个，或稍后再试。": (
        "The service has not loaded this code yet. Use another one, or try again later."
    ),
    # callers
    "密钥不对或已失效。请核对 Authorization: Bearer 后面的密钥，或去掉它，按公开限额读取。": (
        "The key is wrong or no longer valid. Check the key after “Authorization: Bearer”, or leave it out to read within the "
        "public limit."
    ),
    "这个接口需要机构的接口密钥，请放在 Authorization: Bearer 后面。": (
        "This operation needs an agency's key or access token. Send it after “Authorization: Bearer”."
    ),
    "这个密钥没有 {} 权限，请机构管理员在“开放接口”页面加上。": (
        "This credential lacks the scope {}. The agency's owner can add it on the page “开放接口”."
    ),
    "这个密钥只能从登记过的地址使用，请机构管理员核对地址名单。": (
        "This credential may be used from its listed addresses only. Ask the agency's owner to check the list."
    ),
    "请写明代表哪位成员操作：成员的 id，见 GET /agency/members。": (
        "Name the member for whom you act by the member's id, see GET /agency/members."
    ),
    "这不是成员的 id。": "This is not the id of a member.",
    "On-Behalf-Of 写的不是本机构现在的成员。": "On-Behalf-Of does not name a current member of the agency.",
    # faults
    "没有这个字段，请对照接口说明，或去掉它。": "There is no such member. See the documentation, or leave it out.",
    "没有这个参数，请对照接口说明。": "There is no such parameter. See the documentation.",
    "没有 {}，是不是要写 {}？": "There is no {}. Did you mean {}?",
    "必须填写。": "Required.",
    "请写整数，不加引号。": "Must be an integer, without quotes.",
    "请写整数。": "Must be an integer.",
    "这个数太大了。": "The number is too large.",
    "请写整数，不带小数。": "Must be an integer, without a fraction.",
    "请写数字，不加引号。": "Must be a number, without quotes.",
    "请写数字。": "Must be a number.",
    "请写有限的数字。": "Must be a finite number.",
    "请写 true 或 false，不加引号。": "Must be true or false, without quotes.",
    "请写 true 或 false。": "Must be true or false.",
    "请写文字，放在引号里。": "Must be a string.",
    "请写数组：[…]。": "Must be an array: […].",
    "请写对象：{…}。": "Must be an object, in braces.",
    "请写 null。": "Must be null.",
    "写法不对，应为 {} 这样的文字。": "Malformed: must be a string like {}.",
    "写法不对，应为 UUID。": "Malformed: must be a UUID.",
    "没有这一天，请核对日期。": "There is no such day.",
    "写法不对，应为 YYYY-MM-DD 这样的文字。": "Malformed: must be a string like YYYY-MM-DD.",
    "没有这个时间，请核对。": "There is no such time.",
    "写法不对，请对照接口说明。": "Malformed. See the documentation.",
    "最多 {} 个字，请删减。": "At most {} characters. Shorten it.",
    "最少 {} 个字，请补充。": "At least {} characters.",
    "最多 {} 项，现在有 {} 项，请减少。": "At most {} items; there are {}. Send fewer.",
    "最少 {} 项，现在有 {} 项，请补充。": "At least {} items; there are {}.",
    "不能小于 {}。": "Must not be less than {}.",
    "要大于 {}。": "Must be greater than {}.",
    "不能大于 {}。": "Must not be greater than {}.",
    "要小于 {}。": "Must be less than {}.",
    "只能是：{}。": "Must be one of: {}.",
    "请写明种类：{}。": "Name the kind in {}.",
    "含有不成对的代理字符，请改用 UTF-8 能写的字符。": "Contains lone surrogates, which UTF-8 cannot express.",
    "值的写法不对，请对照接口说明。": "The value is malformed. See the documentation.",
    "有参数不能接受，请看 errors。": "Some input is not acceptable. See errors.",
    "有内容需要修改，请看标出的地方。": "Some input is not acceptable. See errors.",
    # requests
    "请求体太大，请分成几次发送。": "The request body is too large. Send it in parts.",
    "请求内容不完整或不被接受。": "The request is incomplete or not acceptable.",
    "数据服务正在恢复，请几秒后再试。": "The database is recovering. Try again in a few seconds.",
    "系统存储空间不足，暂时只能浏览，不能提交。我们正在处理，请稍后再试。": (
        "The platform is short of storage: reading works, writing does not. Try again later."
    ),
    "我们已记录下这个问题，请稍后再试。": "We have logged this problem. Try again later.",
    "请求太频繁：每分钟最多 {} 次，请 {} 秒后再试。": "Too many requests: at most {} a minute. Try again in {} seconds.",
    "请写 1 到 {} 个可见的 ASCII 字符，建议用 UUID。": "Must be 1 to {} visible ASCII characters; a UUID is best.",
    "这里只支持 {}。": "Only {} is supported here.",
    "没有这个接口，请对照接口说明 /api/v1/docs。": "There is no such operation. See /api/v1/docs.",
    "请求体不能超过 {} KB，请分成几次发送。": "The request body must not exceed {} KB. Send it in parts.",
    "这个参数只能写一次。": "This parameter may be given once only.",
    "不能含有 NUL 字符。": "Must not contain NUL.",
    "这个接口没有请求体，请去掉。": "This operation takes no request body. Leave it out.",
    "请把 Content-Type 写成 {}，并按它发送。": "Set Content-Type to {}, and send that.",
    "或": "or",
    "请求体不是有效的 JSON（RFC 8259，UTF-8）：第 {} 行第 {} 列附近。": (
        "The request body is not valid JSON (RFC 8259, UTF-8): near line {}, column {}."
    ),
    "这个 Idempotency-Key 已用于内容不同的请求，这次没有执行。请为新的请求换一个键。": (
        "This Idempotency-Key was used for a different request; this one was not executed. Use a new key for a new request."
    ),
    "使用同一 Idempotency-Key 的请求正在处理，请 1 秒后再试。": (
        "A request with the same Idempotency-Key is being processed. Try again in 1 second."
    ),
    "这个 cursor 不完整，或不属于这个列表。请原样使用上一页的 next_cursor，或去掉 cursor 从头读取。": (
        "The cursor is incomplete or of another list. Send next_cursor of the last page unchanged, or leave it out to start "
        "again."
    ),
    # kernel
    "没有找到您要的内容，它可能已被删除，或您没有查看权限。": "Not found: it may be deleted, or you may not see it.",
    "请先登录。": "Sign in first.",
    "为保护您的账号，请先确认是您本人。": "Confirm first that it is you.",
    "请先设置两步验证。": "Set up two-factor authentication first.",
    "请先完成两步验证。": "Complete two-factor authentication first.",
    "您没有进行这项操作的权限。": "You may not do this.",
    "您的账号已暂停使用。原因、期限和申诉办法请看账号说明页。": "The account is suspended. See its notice for reason, term and appeal.",
    "本单位已被暂停服务，工作台暂时关闭。处置说明、申诉和消息仍然可以查看。": (
        "The organisation is suspended; its services are closed. The notice, the appeal and messages can still be read."
    ),
    "这里是平台运营人员的工作台。": "This is for the platform's operators.",
    "您还没有加入任何一家这样的机构。可以登记自己的单位，或加入已经入驻的单位。": "You belong to no such organisation.",
    "资质审核通过并补全资料后，这一部分才会开放。": "This opens when the agency is approved and its profile is complete.",
    "操作太频繁了，请 {}后再试。": "Too many attempts. Try again in {}.",
    "{} 秒": "{} seconds",
    "{} 分钟": "{} minutes",
    "{} 小时": "{} hours",
    "{} 天": "{} days",
    "这部分资料暂时无法读取，我们已记录下这个问题。其他功能可以照常使用；如果急用，请联系平台客服。": (
        "This data cannot be read at the moment; we have noted it. Everything else works. If it is urgent, ask our support."
    ),
    "服务暂时不可用，请稍后再试。": "Temporarily unavailable. Try again later.",
    # search
    "没有代码为 {} 的选项。": "There is no option with the code {}.",
    "有不认识的值，请从给出的选项中选择。": "Contains unknown values. Choose from the options.",
    "最多可选 {} 项。": "At most {} values.",
    "最多 {} 个词，每个最多 {} 字。": "At most {} words of at most {} characters each.",
    "请填写 true 或 false。": "Must be true or false.",
    "请填写 {} 到 {} 之间的整数。": "Must be an integer from {} to {}.",
    "没有这个学历代码，请从给出的选项中选择。": "There is no such education code. Choose from the options.",
    "按距离排序要先选一个地点。": "Sorting by distance needs a place in near.",
    "排序方式只有 relevance、newest、pay 和 distance。": "Sort must be relevance, newest, pay or distance.",
    "没有找到这个地点，请从地区列表中选择。": "There is no such place. Choose from the regions.",
    "按距离找职位要从市或区县算起，请选到市或区县。": "Distances start at a city or county. Choose one.",
    "还不知道您的位置。请重新获取位置，或选一个地区。": "The position is unknown. Choose a region.",
    "搜索服务正在恢复，请稍后再试。": "The search is recovering. Try again later.",
    "值是空的，请填写，或去掉这个参数。": "The value is empty. Fill it in, or leave the parameter out.",
    # changes
    "这个 after 不完整，或不是给您的。请原样使用上一次的 next，或去掉它从头读。": (
        "The position in after is incomplete or not yours. Send the last next unchanged, or leave it out to start again."
    ),
    "这个位置太旧了，其后的移除记录已不再保留（保留 30 天）。请取最新快照 GET /api/v1/snapshots/latest，再从其中的 position 读起。": (
        "The position is too old: removals after it are no longer kept (30 days). Take the snapshot GET "
        "/api/v1/snapshots/latest, and go on from its position."
    ),
    "还没有快照，第一个正在生成，请几分钟后再来；也可以不带 after 从头读取 /api/v1/changes。": (
        "There is no snapshot yet; the first one is being written. Come back in a few minutes, or read /api/v1/changes "
        "without after."
    ),
    "这个快照已被更新的替换，请从 GET /api/v1/snapshots/latest 取最新的。": (
        "A newer snapshot has replaced this one. Take the newest from GET /api/v1/snapshots/latest."
    ),
    "这个文件已被更新的替换，请从 GET /api/v1/snapshots/latest 取最新的。": (
        "A newer file has replaced this one. Take the newest from GET /api/v1/snapshots/latest."
    ),
    "测试数据没有快照：请不带 after 从头读取 /api/v1/changes，结果相同。": (
        "Test data has no snapshot: read /api/v1/changes without after, which gives the same."
    ),
    "正在下载的人太多，请稍后再试。": "Too many are downloading. Try again later.",
    "这个文件只有 {} 字节，请求的范围不在其中。": "The file has {} bytes only; the range lies beyond its end.",
    # webhooks
    "测试和重发太频繁了，请 {}后再试；要补发很多，请用“重发一段时间的”。": (
        "Too many tests and repetitions. Try again in {}; to send many again, use a replay."
    ),
    "重发得太频繁了，请 {}后再试。": "Too many replays. Try again in {}.",
    "这个地址现在不推送，请先恢复推送。": "The endpoint is off. Resume it first.",
    "只有管理员能管理推送。如需调整，请联系本机构的管理员。": "Only owners manage webhooks. Ask the agency's owner.",
    "只读成员不能管理推送，请在 On-Behalf-Of 写另一位成员。": "Viewers may not manage webhooks. Name another member in On-Behalf-Of.",
    "没有这种事件：{}。请对照事件类型表。": "There is no event {}. See the event types.",
    "说明最多 {} 个字。": "The description has at most {} characters.",
    "网址写得不完整，请写成 https://example.com/hooks，不带 #，最多 500 个字符。": (
        "The URL is incomplete. Write it as https://example.com/hooks, without #, with at most 500 characters."
    ),
    "网址要以 https:// 开头。": "The URL must begin with https://.",
    "网址里不要写用户名和密码，请用签名核对来源。": "The URL must not hold a user name or password. Verify the signature instead.",
    "端口请用 443，或 1024 以上的。": "The port must be 443 or above 1023.",
    "域名不对，请检查。": "The host name is wrong.",
    "这是内部地址，平台不能向它推送，请换成公网能访问的网址。": "This is an internal address. Use one on the public internet.",
    # test mode
    "测试时钟只能往后拨。要从头开始，请重置测试数据。": "The test clock moves forward only. Reset the test data to start again.",
    "一次最多往后拨 366 天，请分几次。": "At most 366 days at once. Move it in several steps.",
    "测试时钟最多比真实时间快 5 年。要从头开始，请重置测试数据。": (
        "The test clock may be at most 5 years ahead. Reset the test data to start again."
    ),
    "这个接口只在测试模式下能用，请换用测试密钥（jya_test_ 开头）。": "This works in test mode only. Use a test key (jya_test_…).",
    "测试数据里没有这个手机号，请用 GET /test/values 列出的，或先重置测试数据。": (
        "The test data has no such phone number. Use one of GET /test/values, or reset the test data."
    ),
    "测试数据：按编号的约定驳回，请修改后重新提交。": "Test data: rejected as its code asks. Change it and submit again.",
}
