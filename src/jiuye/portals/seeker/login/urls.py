from django.urls import path

from jiuye.portals.seeker.login import account_linking, conflict, phone, places, scan

app_name = "login"
urlpatterns = [
    path("login", phone.start, name="start"),
    path("login/code", phone.check, name="check"),
    path("login/again", phone.again, name="again"),
    path("login/delivery", phone.delivery, name="delivery"),
    path("login/qr", scan.show, name="qr"),
    path("login/qr/<uuid:qr_id>", scan.follow, name="qr_follow"),
    path("login/card", conflict.explain, name="card"),
    path("login/card/mine", conflict.mine, name="card_mine"),
    path("login/card/mine/code", conflict.mine_code, name="card_mine_code"),
    path("login/card/other", conflict.other, name="card_other"),
    path("login/card/other/code", conflict.other_code, name="card_other_code"),
    path("login/card/delivery", conflict.delivery, name="card_delivery"),
    path("login/kept/forget", places.forget_kept, name="forget_kept"),
    path("login/where", places.where, name="where"),
    path("me/real-name/card", account_linking.show, name="link"),
    path("me/real-name/card/<uuid:qr_id>", account_linking.follow, name="link_follow"),
    path("logout", places.leave, name="leave"),
]
