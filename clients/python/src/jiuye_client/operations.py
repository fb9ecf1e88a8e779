"""The operations of the API, one method each. Written by generate.py from the OpenAPI document."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from jiuye_client import models
from jiuye_client.transport import Transport


class Operations(Transport):
    """Every operation by its name. Bodies and answers are the JSON documents, typed as dictionaries."""

    def search_jobs(
        self,
        *,
        q: str | None = None,
        region: list[str] | None = None,
        occupation: list[str] | None = None,
        industry: list[str] | None = None,
        employment_type: list[str] | None = None,
        pay_min: int | None = None,
        pay_max: int | None = None,
        education: str | None = None,
        experience: int | None = None,
        agency: list[str] | None = None,
        employer: list[str] | None = None,
        posted_within: int | None = None,
        near: str | None = None,
        within: int | None = None,
        sort: str | None = None,
        size: int | None = None,
        page: int | None = None,
        cursor: str | None = None,
    ) -> models.JobPage:
        """搜索职位."""
        answer = self.request(
            "GET",
            "/jobs",
            query={
                "q": q,
                "region": region,
                "occupation": occupation,
                "industry": industry,
                "employment_type": employment_type,
                "pay_min": pay_min,
                "pay_max": pay_max,
                "education": education,
                "experience": experience,
                "agency": agency,
                "employer": employer,
                "posted_within": posted_within,
                "near": near,
                "within": within,
                "sort": sort,
                "size": size,
                "page": page,
                "cursor": cursor,
            },
        )
        return answer.json()

    def read_job(self, posting_id: str | UUID) -> models.Job:
        """读取职位."""
        answer = self.request("GET", f"/jobs/{quote(str(posting_id), safe='')}")
        return answer.json()

    def list_regions(self, *, parent: str | None = None) -> models.Divisions:
        """行政区划."""
        answer = self.request("GET", "/regions", query={"parent": parent})
        return answer.json()

    def list_occupations(self, *, parent: str | None = None) -> models.Categories:
        """职业."""
        answer = self.request("GET", "/occupations", query={"parent": parent})
        return answer.json()

    def list_industries(self, *, parent: str | None = None) -> models.Categories:
        """行业."""
        answer = self.request("GET", "/industries", query={"parent": parent})
        return answer.json()

    def list_agency_jobs(
        self, *, state: str | None = None, cursor: str | None = None, size: int | None = None
    ) -> models.OwnJobPage:
        """本机构的职位."""
        answer = self.request("GET", "/agency/jobs", query={"state": state, "cursor": cursor, "size": size})
        return answer.json()

    def list_agency_fairs(self, *, view: str | None = None, cursor: str | None = None) -> models.OwnFairPage:
        """本机构的招聘会."""
        answer = self.request("GET", "/agency/fairs", query={"view": view, "cursor": cursor})
        return answer.json()

    def create_fair(
        self, body: models.FairInput, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> models.OwnFair:
        """新建招聘会."""
        answer = self.request(
            "POST", "/agency/fairs", body=body, on_behalf_of=on_behalf_of, idempotency_key=idempotency_key
        )
        return answer.json()

    def read_agency_fair(self, fair_id: str | UUID) -> models.OwnFair:
        """读取一场招聘会."""
        answer = self.request("GET", f"/agency/fairs/{quote(str(fair_id), safe='')}")
        return answer.json()

    def replace_fair(
        self,
        fair_id: str | UUID,
        body: models.FairChange,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.OwnFair:
        """修改招聘会."""
        answer = self.request(
            "PUT",
            f"/agency/fairs/{quote(str(fair_id), safe='')}",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def delete_fair(
        self, fair_id: str | UUID, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> None:
        """删除草稿."""
        self.request(
            "DELETE",
            f"/agency/fairs/{quote(str(fair_id), safe='')}",
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )

    def publish_fair(
        self,
        fair_id: str | UUID,
        body: models.Version,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.OwnFair:
        """发布招聘会."""
        answer = self.request(
            "POST",
            f"/agency/fairs/{quote(str(fair_id), safe='')}/publish",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def cancel_fair(
        self,
        fair_id: str | UUID,
        body: models.Cancellation,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.OwnFair:
        """取消招聘会."""
        answer = self.request(
            "POST",
            f"/agency/fairs/{quote(str(fair_id), safe='')}/cancel",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def copy_fair(
        self, fair_id: str | UUID, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> models.OwnFair:
        """复制招聘会."""
        answer = self.request(
            "POST",
            f"/agency/fairs/{quote(str(fair_id), safe='')}/copy",
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def add_fair_employer(
        self,
        fair_id: str | UUID,
        body: models.AddedEmployer,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.OwnFair:
        """添加参会单位."""
        answer = self.request(
            "POST",
            f"/agency/fairs/{quote(str(fair_id), safe='')}/employers",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def change_fair_place(
        self,
        fair_id: str | UUID,
        employer_id: str | UUID,
        body: models.PlaceChange,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.OwnFair:
        """修改展位和职位."""
        answer = self.request(
            "PUT",
            f"/agency/fairs/{quote(str(fair_id), safe='')}/employers/{quote(str(employer_id), safe='')}",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def remove_fair_employer(
        self,
        fair_id: str | UUID,
        employer_id: str | UUID,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> None:
        """移出参会单位."""
        self.request(
            "DELETE",
            f"/agency/fairs/{quote(str(fair_id), safe='')}/employers/{quote(str(employer_id), safe='')}",
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )

    def check_in_at_fair(
        self,
        fair_id: str | UUID,
        body: models.Code,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.Arrival:
        """签到."""
        answer = self.request(
            "POST",
            f"/agency/fairs/{quote(str(fair_id), safe='')}/check-in",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def list_agency_reviews(
        self, *, view: str | None = None, cursor: str | None = None, size: int | None = None
    ) -> models.ReviewPage:
        """本机构收到的评价."""
        answer = self.request("GET", "/agency/reviews", query={"view": view, "cursor": cursor, "size": size})
        return answer.json()

    def read_agency_review(self, review_id: str | UUID) -> models.Review:
        """读取一条评价."""
        answer = self.request("GET", f"/agency/reviews/{quote(str(review_id), safe='')}")
        return answer.json()

    def reply_to_review(
        self,
        review_id: str | UUID,
        body: models.Reply,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.Review:
        """回复评价."""
        answer = self.request(
            "PUT",
            f"/agency/reviews/{quote(str(review_id), safe='')}/reply",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def list_affiliations(
        self, *, group: str | None = None, cursor: str | None = None, size: int | None = None
    ) -> models.AffiliationPage:
        """关联企业."""
        answer = self.request("GET", "/agency/affiliations", query={"group": group, "cursor": cursor, "size": size})
        return answer.json()

    def read_affiliation(self, affiliation_id: str | UUID) -> models.Affiliation:
        """读取一家关联企业."""
        answer = self.request("GET", f"/agency/affiliations/{quote(str(affiliation_id), safe='')}")
        return answer.json()

    def approve_affiliation(
        self, affiliation_id: str | UUID, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> models.Affiliation:
        """同意关联."""
        answer = self.request(
            "POST",
            f"/agency/affiliations/{quote(str(affiliation_id), safe='')}/approve",
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def refuse_affiliation(
        self,
        affiliation_id: str | UUID,
        body: models.Reason,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.Affiliation:
        """不同意关联."""
        answer = self.request(
            "POST",
            f"/agency/affiliations/{quote(str(affiliation_id), safe='')}/refuse",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def end_affiliation(
        self,
        affiliation_id: str | UUID,
        body: models.Reason,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.Affiliation:
        """解除关联."""
        answer = self.request(
            "POST",
            f"/agency/affiliations/{quote(str(affiliation_id), safe='')}/end",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def list_members(self, *, cursor: str | None = None) -> models.MemberPage:
        """本机构的成员."""
        answer = self.request("GET", "/agency/members", query={"cursor": cursor})
        return answer.json()

    def read_shop(self) -> models.OwnShop:
        """本机构的旗舰店."""
        answer = self.request("GET", "/agency/shop")
        return answer.json()

    def change_shop(
        self, body: models.ShopChange, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> models.OwnShop:
        """修改旗舰店的文字."""
        answer = self.request(
            "PATCH", "/agency/shop", body=body, on_behalf_of=on_behalf_of, idempotency_key=idempotency_key
        )
        return answer.json()

    def replace_shop_section(
        self,
        section: str | UUID,
        body: models.SectionChange,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.OwnShop:
        """修改旗舰店的一栏."""
        answer = self.request(
            "PUT",
            f"/agency/shop/sections/{quote(str(section), safe='')}",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def add_shop_picture(
        self,
        files: dict[str, Any],
        form: dict[str, Any] | None = None,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.Picture:
        """加一张图片."""
        answer = self.request(
            "POST",
            "/agency/shop/pictures",
            files=files,
            form=form,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def read_shop_picture(self, picture_id: str | UUID) -> bytes:
        """读取一张图片."""
        answer = self.request("GET", f"/agency/shop/pictures/{quote(str(picture_id), safe='')}")
        return answer.content

    def delete_shop_picture(
        self, picture_id: str | UUID, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> None:
        """删除一张图片."""
        self.request(
            "DELETE",
            f"/agency/shop/pictures/{quote(str(picture_id), safe='')}",
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
