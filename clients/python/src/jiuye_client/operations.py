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
        literal: str | None = None,
        workplace: str | None = None,
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
        without_agency: str | None = None,
        without_dispatch: str | None = None,
        without_slow: str | None = None,
        exclude_employer: list[str] | None = None,
        exclude_agency: list[str] | None = None,
        exclude_words: list[str] | None = None,
        unconfirmed_for: int | None = None,
        fields: str | None = None,
        expand: str | None = None,
    ) -> models.JobPage:
        """搜索职位."""
        answer = self.request(
            "GET",
            "/jobs",
            query={
                "q": q,
                "literal": literal,
                "workplace": workplace,
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
                "without_agency": without_agency,
                "without_dispatch": without_dispatch,
                "without_slow": without_slow,
                "exclude_employer": exclude_employer,
                "exclude_agency": exclude_agency,
                "exclude_words": exclude_words,
                "unconfirmed_for": unconfirmed_for,
                "fields": fields,
                "expand": expand,
            },
        )
        return answer.json()

    def read_job(self, posting_id: str | UUID, *, fields: str | None = None, names: str | None = None) -> models.Job:
        """读取职位."""
        answer = self.request(
            "GET", f"/jobs/{quote(str(posting_id), safe='')}", query={"fields": fields, "names": names}
        )
        return answer.json()

    def list_agencies(
        self,
        *,
        q: str | None = None,
        region: str | None = None,
        kind: str | None = None,
        service: str | None = None,
        sort: str | None = None,
        fields: str | None = None,
        size: int | None = None,
        cursor: str | None = None,
    ) -> models.AgencyPage:
        """职介列表."""
        answer = self.request(
            "GET",
            "/agencies",
            query={
                "q": q,
                "region": region,
                "kind": kind,
                "service": service,
                "sort": sort,
                "fields": fields,
                "size": size,
                "cursor": cursor,
            },
        )
        return answer.json()

    def read_agency(self, agency_id: str | UUID, *, fields: str | None = None) -> models.AgencyRead:
        """职介旗舰店."""
        answer = self.request("GET", f"/agencies/{quote(str(agency_id), safe='')}", query={"fields": fields})
        return answer.json()

    def list_employers(
        self,
        *,
        q: str | None = None,
        region: str | None = None,
        fields: str | None = None,
        size: int | None = None,
        cursor: str | None = None,
    ) -> models.EmployerPage:
        """用人单位列表."""
        answer = self.request(
            "GET", "/employers", query={"q": q, "region": region, "fields": fields, "size": size, "cursor": cursor}
        )
        return answer.json()

    def read_employer(self, employer_id: str | UUID, *, fields: str | None = None) -> models.EmployerRead:
        """用人单位."""
        answer = self.request("GET", f"/employers/{quote(str(employer_id), safe='')}", query={"fields": fields})
        return answer.json()

    def list_fairs(
        self,
        *,
        region: str | None = None,
        phase: str | None = None,
        mode: str | None = None,
        agency: Any | None = None,
        fields: str | None = None,
        size: int | None = None,
        cursor: str | None = None,
    ) -> models.FairPage:
        """招聘会列表."""
        answer = self.request(
            "GET",
            "/fairs",
            query={
                "region": region,
                "phase": phase,
                "mode": mode,
                "agency": agency,
                "fields": fields,
                "size": size,
                "cursor": cursor,
            },
        )
        return answer.json()

    def read_fair(self, fair_id: str | UUID, *, fields: str | None = None) -> models.FairRead:
        """招聘会."""
        answer = self.request("GET", f"/fairs/{quote(str(fair_id), safe='')}", query={"fields": fields})
        return answer.json()

    def read_job_posting(self, posting_id: str | UUID) -> bytes:
        """职位（schema.org）."""
        answer = self.request("GET", f"/jobs/{quote(str(posting_id), safe='')}/jobposting.json")
        return answer.content

    def subscribe_to_jobs(
        self,
        *,
        q: str | None = None,
        literal: str | None = None,
        workplace: str | None = None,
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
        without_agency: str | None = None,
        without_dispatch: str | None = None,
        without_slow: str | None = None,
        exclude_employer: list[str] | None = None,
        exclude_agency: list[str] | None = None,
        exclude_words: list[str] | None = None,
        unconfirmed_for: int | None = None,
    ) -> bytes:
        """职位订阅（Atom）."""
        answer = self.request(
            "GET",
            "/jobs.atom",
            query={
                "q": q,
                "literal": literal,
                "workplace": workplace,
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
                "without_agency": without_agency,
                "without_dispatch": without_dispatch,
                "without_slow": without_slow,
                "exclude_employer": exclude_employer,
                "exclude_agency": exclude_agency,
                "exclude_words": exclude_words,
                "unconfirmed_for": unconfirmed_for,
            },
        )
        return answer.content

    def subscribe_to_fairs(
        self, *, region: str | None = None, mode: str | None = None, agency: Any | None = None
    ) -> bytes:
        """招聘会日历（iCalendar）."""
        answer = self.request("GET", "/fairs.ics", query={"region": region, "mode": mode, "agency": agency})
        return answer.content

    def read_fair_calendar(self, fair_id: str | UUID) -> bytes:
        """一场招聘会（iCalendar）."""
        answer = self.request("GET", f"/fairs/{quote(str(fair_id), safe='')}.ics")
        return answer.content

    def list_policies(
        self,
        *,
        q: str | None = None,
        region: str | None = None,
        topic: str | None = None,
        audience: str | None = None,
        fields: str | None = None,
        size: int | None = None,
        cursor: str | None = None,
    ) -> models.PolicyPage:
        """政策列表."""
        answer = self.request(
            "GET",
            "/policies",
            query={
                "q": q,
                "region": region,
                "topic": topic,
                "audience": audience,
                "fields": fields,
                "size": size,
                "cursor": cursor,
            },
        )
        return answer.json()

    def read_policy(self, policy_id: str | UUID, *, fields: str | None = None) -> models.PolicyRead:
        """政策."""
        answer = self.request("GET", f"/policies/{quote(str(policy_id), safe='')}", query={"fields": fields})
        return answer.json()

    def suggest(self, *, q: str | None = None) -> models.Suggestions:
        """搜索建议."""
        answer = self.request("GET", "/suggestions", query={"q": q})
        return answer.json()

    def suggest_occupations(self, *, q: str | None = None, size: int | None = None) -> models.OccupationMatches:
        """按词找职业代码."""
        answer = self.request("GET", "/suggestions/occupations", query={"q": q, "size": size})
        return answer.json()

    def list_regions(self, *, parent: str | None = None) -> models.Divisions:
        """行政区划."""
        answer = self.request("GET", "/regions", query={"parent": parent})
        return answer.json()

    def list_former_regions(self, *, within: str | None = None) -> models.Divisions:
        """已撤销的行政区划代码."""
        answer = self.request("GET", "/regions/former", query={"within": within})
        return answer.json()

    def read_region(self, code: str | UUID) -> models.Division:
        """一个行政区划代码."""
        answer = self.request("GET", f"/regions/{quote(str(code), safe='')}")
        return answer.json()

    def list_occupations(self, *, parent: str | None = None) -> models.Categories:
        """职业."""
        answer = self.request("GET", "/occupations", query={"parent": parent})
        return answer.json()

    def read_occupation(self, code: str | UUID) -> models.Category:
        """一个职业代码."""
        answer = self.request("GET", f"/occupations/{quote(str(code), safe='')}")
        return answer.json()

    def list_industries(self, *, parent: str | None = None) -> models.Categories:
        """行业."""
        answer = self.request("GET", "/industries", query={"parent": parent})
        return answer.json()

    def read_industry(self, code: str | UUID) -> models.Category:
        """一个行业代码."""
        answer = self.request("GET", f"/industries/{quote(str(code), safe='')}")
        return answer.json()

    def list_terms(self) -> models.TermLists:
        """取值列表."""
        answer = self.request("GET", "/terms")
        return answer.json()

    def read_terms(self, name: str | UUID) -> models.TermList:
        """一个取值列表."""
        answer = self.request("GET", f"/terms/{quote(str(name), safe='')}")
        return answer.json()

    def read_changes(
        self, *, after: str | None = None, kinds: str | None = None, limit: int | None = None, wait: int | None = None
    ) -> models.Changes:
        """读取变更."""
        answer = self.request("GET", "/changes", query={"after": after, "kinds": kinds, "limit": limit, "wait": wait})
        return answer.json()

    def read_latest_snapshot(self) -> models.SnapshotFacts:
        """最新快照."""
        answer = self.request("GET", "/snapshots/latest")
        return answer.json()

    def download_snapshot(self, snapshot_id: str | UUID) -> None:
        """下载快照."""
        self.request("GET", f"/snapshots/{quote(str(snapshot_id), safe='')}.ndjson")

    def download_snapshot_as_gzip(self, snapshot_id: str | UUID) -> None:
        """下载快照（gzip 文件）."""
        self.request("GET", f"/snapshots/{quote(str(snapshot_id), safe='')}.ndjson.gz")

    def download_snapshot_as_zstd(self, snapshot_id: str | UUID) -> None:
        """下载快照（zstd 文件）."""
        self.request("GET", f"/snapshots/{quote(str(snapshot_id), safe='')}.ndjson.zst")

    def batch_agency_jobs(
        self, body: models.JobBatch, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> models.BatchResults:
        """批量写入职位."""
        answer = self.request(
            "POST", "/agency/jobs:batch", body=body, on_behalf_of=on_behalf_of, idempotency_key=idempotency_key
        )
        return answer.json()

    def validate_agency_jobs(
        self, body: models.JobBatch, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> models.BatchResults:
        """只检查职位."""
        answer = self.request(
            "POST", "/agency/jobs:validate", body=body, on_behalf_of=on_behalf_of, idempotency_key=idempotency_key
        )
        return answer.json()

    def change_agency_jobs(
        self, body: models.SeveralJobs, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> models.ChangeResults:
        """批量发布、下架或确认."""
        answer = self.request(
            "POST", "/agency/jobs:change", body=body, on_behalf_of=on_behalf_of, idempotency_key=idempotency_key
        )
        return answer.json()

    def list_agency_jobs(
        self,
        *,
        state: str | None = None,
        q: str | None = None,
        region: str | None = None,
        employer: Any | None = None,
        external_id: str | None = None,
        updated_since: Any | None = None,
        due: str | None = None,
        import_id: Any | None = None,
        cursor: str | None = None,
        size: int | None = None,
    ) -> models.OwnJobPage:
        """本机构的职位."""
        answer = self.request(
            "GET",
            "/agency/jobs",
            query={
                "state": state,
                "q": q,
                "region": region,
                "employer": employer,
                "external_id": external_id,
                "updated_since": updated_since,
                "due": due,
                "import_id": import_id,
                "cursor": cursor,
                "size": size,
            },
        )
        return answer.json()

    def create_agency_job(
        self, body: models.JobBody, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> models.JobResult:
        """新建职位."""
        answer = self.request(
            "POST", "/agency/jobs", body=body, on_behalf_of=on_behalf_of, idempotency_key=idempotency_key
        )
        return answer.json()

    def put_agency_job(
        self,
        external_id: str | UUID,
        body: models.JobBody,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.JobResult:
        """按编号写入职位."""
        answer = self.request(
            "PUT",
            f"/agency/jobs/by-external-id/{quote(str(external_id), safe='')}",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def read_agency_job_by_external_id(self, external_id: str | UUID, *, names: str | None = None) -> models.OwnJob:
        """按编号读取职位."""
        answer = self.request(
            "GET", f"/agency/jobs/by-external-id/{quote(str(external_id), safe='')}", query={"names": names}
        )
        return answer.json()

    def read_agency_job(self, posting_id: str | UUID, *, names: str | None = None) -> models.OwnJob:
        """读取本机构的一个职位."""
        answer = self.request("GET", f"/agency/jobs/{quote(str(posting_id), safe='')}", query={"names": names})
        return answer.json()

    def patch_agency_job(
        self,
        posting_id: str | UUID,
        body: models.JobPatch,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.OwnJob:
        """修改职位的部分内容."""
        answer = self.request(
            "PATCH",
            f"/agency/jobs/{quote(str(posting_id), safe='')}",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def delete_agency_job(
        self, posting_id: str | UUID, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> None:
        """删除职位."""
        self.request(
            "DELETE",
            f"/agency/jobs/{quote(str(posting_id), safe='')}",
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )

    def publish_agency_job(
        self,
        posting_id: str | UUID,
        body: models.Publication,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.OwnJob:
        """发布职位."""
        answer = self.request(
            "POST",
            f"/agency/jobs/{quote(str(posting_id), safe='')}/publish",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def withdraw_agency_job(
        self, posting_id: str | UUID, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> models.OwnJob:
        """下架职位."""
        answer = self.request(
            "POST",
            f"/agency/jobs/{quote(str(posting_id), safe='')}/withdraw",
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def fill_agency_job(
        self,
        posting_id: str | UUID,
        body: models.Filling,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.OwnJob:
        """招满."""
        answer = self.request(
            "POST",
            f"/agency/jobs/{quote(str(posting_id), safe='')}/fill",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def confirm_agency_job(
        self, posting_id: str | UUID, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> models.OwnJob:
        """确认仍在招聘."""
        answer = self.request(
            "POST",
            f"/agency/jobs/{quote(str(posting_id), safe='')}/confirm",
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def copy_agency_job(
        self, posting_id: str | UUID, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> models.OwnJob:
        """复制职位."""
        answer = self.request(
            "POST",
            f"/agency/jobs/{quote(str(posting_id), safe='')}/copy",
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def list_agency_job_wishes(self, posting_id: str | UUID) -> models.JobWishes:
        """企业的修改意见."""
        answer = self.request("GET", f"/agency/jobs/{quote(str(posting_id), safe='')}/wishes")
        return answer.json()

    def answer_agency_wish(
        self,
        wish_id: str | UUID,
        body: models.WishAnswer,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.JobWishes:
        """答复企业的修改意见."""
        answer = self.request(
            "POST",
            f"/agency/wishes/{quote(str(wish_id), safe='')}/answer",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def list_recruited_employers(self, *, q: str | None = None, size: int | None = None) -> models.RecruitedEmployers:
        """可以代招的用人单位."""
        answer = self.request("GET", "/agency/employers", query={"q": q, "size": size})
        return answer.json()

    def upload_agency_sheet(
        self,
        files: dict[str, Any],
        form: dict[str, Any] | None = None,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.SheetImport:
        """上传职位表."""
        answer = self.request(
            "POST",
            "/agency/imports",
            files=files,
            form=form,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def list_agency_imports(
        self, *, cursor: str | None = None, size: int | None = None, on_behalf_of: str | UUID | None = None
    ) -> models.SheetImportPage:
        """表格导入的记录."""
        answer = self.request(
            "GET", "/agency/imports", query={"cursor": cursor, "size": size}, on_behalf_of=on_behalf_of
        )
        return answer.json()

    def read_import_template(self, *, on_behalf_of: str | UUID | None = None) -> bytes:
        """职位表模板."""
        answer = self.request("GET", "/agency/imports/template.xlsx", on_behalf_of=on_behalf_of)
        return answer.content

    def read_agency_import(self, batch_id: str | UUID, *, on_behalf_of: str | UUID | None = None) -> models.SheetImport:
        """一次导入的进度."""
        answer = self.request("GET", f"/agency/imports/{quote(str(batch_id), safe='')}", on_behalf_of=on_behalf_of)
        return answer.json()

    def read_agency_import_columns(
        self, batch_id: str | UUID, *, on_behalf_of: str | UUID | None = None
    ) -> models.SheetColumns:
        """表格的列."""
        answer = self.request(
            "GET", f"/agency/imports/{quote(str(batch_id), safe='')}/columns", on_behalf_of=on_behalf_of
        )
        return answer.json()

    def choose_agency_import_worksheets(
        self,
        batch_id: str | UUID,
        body: models.SheetWorksheets,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.SheetImport:
        """选择工作表和列名所在的行."""
        answer = self.request(
            "PUT",
            f"/agency/imports/{quote(str(batch_id), safe='')}/worksheets",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def map_agency_import(
        self,
        batch_id: str | UUID,
        body: models.SheetMapping,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.SheetImport:
        """确定各列的含义."""
        answer = self.request(
            "PUT",
            f"/agency/imports/{quote(str(batch_id), safe='')}/mapping",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def preview_agency_import(
        self, batch_id: str | UUID, *, on_behalf_of: str | UUID | None = None
    ) -> models.SheetPreview:
        """预览前几行."""
        answer = self.request(
            "GET", f"/agency/imports/{quote(str(batch_id), safe='')}/preview", on_behalf_of=on_behalf_of
        )
        return answer.json()

    def start_agency_import(
        self, batch_id: str | UUID, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> models.SheetImport:
        """开始导入."""
        answer = self.request(
            "POST",
            f"/agency/imports/{quote(str(batch_id), safe='')}/start",
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def list_agency_import_errors(
        self,
        batch_id: str | UUID,
        *,
        cursor: str | None = None,
        size: int | None = None,
        on_behalf_of: str | UUID | None = None,
    ) -> models.RejectedSheetRows:
        """没有导入的行."""
        answer = self.request(
            "GET",
            f"/agency/imports/{quote(str(batch_id), safe='')}/errors",
            query={"cursor": cursor, "size": size},
            on_behalf_of=on_behalf_of,
        )
        return answer.json()

    def read_agency_import_error_workbook(
        self, batch_id: str | UUID, *, on_behalf_of: str | UUID | None = None
    ) -> bytes:
        """没有导入的行（Excel）."""
        answer = self.request(
            "GET", f"/agency/imports/{quote(str(batch_id), safe='')}/errors.xlsx", on_behalf_of=on_behalf_of
        )
        return answer.content

    def list_applications(
        self,
        *,
        state: list[str] | None = None,
        job: Any | None = None,
        job_external_id: str | None = None,
        employer: Any | None = None,
        q: str | None = None,
        late: bool | None = None,
        submitted_since: Any | None = None,
        changed_since: Any | None = None,
        order: str | None = None,
        cursor: str | None = None,
        size: int | None = None,
    ) -> models.ApplicationPage:
        """收到的投递."""
        answer = self.request(
            "GET",
            "/agency/applications",
            query={
                "state": state,
                "job": job,
                "job_external_id": job_external_id,
                "employer": employer,
                "q": q,
                "late": late,
                "submitted_since": submitted_since,
                "changed_since": changed_since,
                "order": order,
                "cursor": cursor,
                "size": size,
            },
        )
        return answer.json()

    def count_applications(
        self,
        *,
        state: list[str] | None = None,
        job: Any | None = None,
        job_external_id: str | None = None,
        employer: Any | None = None,
        q: str | None = None,
        late: bool | None = None,
        submitted_since: Any | None = None,
        changed_since: Any | None = None,
    ) -> models.ApplicationCounts:
        """收到的投递的数量."""
        answer = self.request(
            "GET",
            "/agency/applications/counts",
            query={
                "state": state,
                "job": job,
                "job_external_id": job_external_id,
                "employer": employer,
                "q": q,
                "late": late,
                "submitted_since": submitted_since,
                "changed_since": changed_since,
            },
        )
        return answer.json()

    def read_application(self, application_id: str | UUID) -> models.ReceivedApplication:
        """读取一份投递."""
        answer = self.request("GET", f"/agency/applications/{quote(str(application_id), safe='')}")
        return answer.json()

    def read_hand_on(self, application_id: str | UUID) -> models.HandOnStatus:
        """企业能否看到这份投递."""
        answer = self.request("GET", f"/agency/applications/{quote(str(application_id), safe='')}/hand-on")
        return answer.json()

    def view_application(
        self, application_id: str | UUID, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> models.Moved:
        """标记已查看."""
        answer = self.request(
            "POST",
            f"/agency/applications/{quote(str(application_id), safe='')}/view",
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def reject_application(
        self,
        application_id: str | UUID,
        body: models.RejectionInput,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.Moved:
        """标记不合适."""
        answer = self.request(
            "POST",
            f"/agency/applications/{quote(str(application_id), safe='')}/reject",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def reject_applications(
        self, body: models.BatchRejection, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> models.RejectedBatch:
        """标记多份不合适."""
        answer = self.request(
            "POST",
            "/agency/applications/reject:batch",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def read_sent_resume(
        self, application_id: str | UUID, *, on_behalf_of: str | UUID | None = None
    ) -> models.SentResume:
        """读取简历."""
        answer = self.request(
            "GET", f"/agency/applications/{quote(str(application_id), safe='')}/resume", on_behalf_of=on_behalf_of
        )
        return answer.json()

    def download_sent_resume(
        self, application_id: str | UUID, *, contacts: bool | None = None, on_behalf_of: str | UUID | None = None
    ) -> bytes:
        """下载简历 PDF."""
        answer = self.request(
            "GET",
            f"/agency/applications/{quote(str(application_id), safe='')}/resume.pdf",
            query={"contacts": contacts},
            on_behalf_of=on_behalf_of,
        )
        return answer.content

    def download_sent_resumes(self, *, id: list[str] | None = None, on_behalf_of: str | UUID | None = None) -> bytes:
        """打包下载简历."""
        answer = self.request("GET", "/agency/applications/resumes.zip", query={"id": id}, on_behalf_of=on_behalf_of)
        return answer.content

    def read_sent_photo(self, application_id: str | UUID, *, on_behalf_of: str | UUID | None = None) -> bytes:
        """读取简历照片."""
        answer = self.request(
            "GET", f"/agency/applications/{quote(str(application_id), safe='')}/photo", on_behalf_of=on_behalf_of
        )
        return answer.content

    def download_sent_attachment(
        self, application_id: str | UUID, attachment_id: str | UUID, *, on_behalf_of: str | UUID | None = None
    ) -> bytes:
        """下载附件."""
        answer = self.request(
            "GET",
            f"/agency/applications/{quote(str(application_id), safe='')}/attachments/{quote(str(attachment_id), safe='')}",
            on_behalf_of=on_behalf_of,
        )
        return answer.content

    def open_contacts(
        self,
        application_id: str | UUID,
        body: models.ContactReasonInput,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.Contacts:
        """查看联系方式."""
        answer = self.request(
            "POST",
            f"/agency/applications/{quote(str(application_id), safe='')}/contacts",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def list_application_notes(self, application_id: str | UUID) -> models.ApplicationNotes:
        """内部备注."""
        answer = self.request("GET", f"/agency/applications/{quote(str(application_id), safe='')}/notes")
        return answer.json()

    def add_application_note(
        self,
        application_id: str | UUID,
        body: models.NoteInput,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.ApplicationNote:
        """添加内部备注."""
        answer = self.request(
            "POST",
            f"/agency/applications/{quote(str(application_id), safe='')}/notes",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def delete_application_note(
        self,
        application_id: str | UUID,
        note_id: str | UUID,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> None:
        """删除内部备注."""
        self.request(
            "DELETE",
            f"/agency/applications/{quote(str(application_id), safe='')}/notes/{quote(str(note_id), safe='')}",
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )

    def find_resumes(
        self,
        *,
        q: str | None = None,
        region: str | None = None,
        education: Any | None = None,
        years: Any | None = None,
        availability: Any | None = None,
        days: Any | None = None,
        cursor: str | None = None,
        size: int | None = None,
        on_behalf_of: str | UUID | None = None,
    ) -> models.FoundResumePage:
        """查找简历."""
        answer = self.request(
            "GET",
            "/agency/resumes",
            query={
                "q": q,
                "region": region,
                "education": education,
                "years": years,
                "availability": availability,
                "days": days,
                "cursor": cursor,
                "size": size,
            },
            on_behalf_of=on_behalf_of,
        )
        return answer.json()

    def read_found_resume(self, resume_id: str | UUID, *, on_behalf_of: str | UUID | None = None) -> models.FoundResume:
        """读取找到的简历的摘要."""
        answer = self.request("GET", f"/agency/resumes/{quote(str(resume_id), safe='')}", on_behalf_of=on_behalf_of)
        return answer.json()

    def open_found_resume(self, resume_id: str | UUID, *, on_behalf_of: str | UUID | None = None) -> models.FoundResume:
        """打开找到的简历."""
        answer = self.request(
            "GET", f"/agency/resumes/{quote(str(resume_id), safe='')}/content", on_behalf_of=on_behalf_of
        )
        return answer.json()

    def invite_to_apply(
        self,
        resume_id: str | UUID,
        body: models.InvitationInput,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.InvitedToApply:
        """邀请投递."""
        answer = self.request(
            "POST",
            f"/agency/resumes/{quote(str(resume_id), safe='')}/invite",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def invite_to_interview(
        self,
        application_id: str | UUID,
        body: models.InterviewInput,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.Moved:
        """邀约面试."""
        answer = self.request(
            "POST",
            f"/agency/applications/{quote(str(application_id), safe='')}/interviews",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def keep_interview_time(
        self,
        application_id: str | UUID,
        body: models.KeptTime,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.Moved:
        """确认按原时间面试."""
        answer = self.request(
            "POST",
            f"/agency/applications/{quote(str(application_id), safe='')}/interviews/keep-time",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def record_interview_result(
        self,
        application_id: str | UUID,
        body: models.InterviewResult,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.Moved:
        """登记面试结果."""
        answer = self.request(
            "POST",
            f"/agency/applications/{quote(str(application_id), safe='')}/interviews/result",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def notify_onboarding(
        self,
        application_id: str | UUID,
        body: models.OnboardingInput,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.Moved:
        """通知入职."""
        answer = self.request(
            "POST",
            f"/agency/applications/{quote(str(application_id), safe='')}/onboarding",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def record_onboarding_result(
        self,
        application_id: str | UUID,
        body: models.OutcomeInput,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.Moved:
        """登记入职结果."""
        answer = self.request(
            "POST",
            f"/agency/applications/{quote(str(application_id), safe='')}/onboarding/result",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
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
        body: models.VisitorCode,
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
    ) -> models.OwnPicture:
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

    def list_webhook_event_types(self) -> models.EventTypeList:
        """事件类型."""
        answer = self.request("GET", "/webhook-event-types")
        return answer.json()

    def list_webhooks(self) -> models.EndpointList:
        """推送地址."""
        answer = self.request("GET", "/agency/webhooks")
        return answer.json()

    def create_webhook(
        self, body: models.EndpointBody, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> models.EndpointWithSecret:
        """新建推送地址."""
        answer = self.request(
            "POST", "/agency/webhooks", body=body, on_behalf_of=on_behalf_of, idempotency_key=idempotency_key
        )
        return answer.json()

    def read_webhook(self, webhook_id: str | UUID) -> models.Endpoint:
        """读取一个推送地址."""
        answer = self.request("GET", f"/agency/webhooks/{quote(str(webhook_id), safe='')}")
        return answer.json()

    def change_webhook(
        self,
        webhook_id: str | UUID,
        body: models.EndpointPatch,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.Endpoint:
        """修改推送地址."""
        answer = self.request(
            "PATCH",
            f"/agency/webhooks/{quote(str(webhook_id), safe='')}",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def delete_webhook(
        self, webhook_id: str | UUID, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> None:
        """删除推送地址."""
        self.request(
            "DELETE",
            f"/agency/webhooks/{quote(str(webhook_id), safe='')}",
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )

    def pause_webhook(
        self, webhook_id: str | UUID, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> models.Endpoint:
        """暂停推送."""
        answer = self.request(
            "POST",
            f"/agency/webhooks/{quote(str(webhook_id), safe='')}/pause",
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def resume_webhook(
        self, webhook_id: str | UUID, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> models.Endpoint:
        """恢复推送."""
        answer = self.request(
            "POST",
            f"/agency/webhooks/{quote(str(webhook_id), safe='')}/resume",
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def replace_webhook_secret(
        self,
        webhook_id: str | UUID,
        body: models.Rotation,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.NewSecret:
        """更换签名密钥."""
        answer = self.request(
            "POST",
            f"/agency/webhooks/{quote(str(webhook_id), safe='')}/replace-secret",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def test_webhook(
        self,
        webhook_id: str | UUID,
        body: models.TestEvent,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.DeliveryItem:
        """试推送."""
        answer = self.request(
            "POST",
            f"/agency/webhooks/{quote(str(webhook_id), safe='')}/test",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def list_webhook_deliveries(
        self,
        webhook_id: str | UUID,
        *,
        state: str | None = None,
        type: str | None = None,
        since: Any | None = None,
        until: Any | None = None,
        cursor: str | None = None,
        size: int | None = None,
    ) -> models.DeliveryPage:
        """推送记录."""
        answer = self.request(
            "GET",
            f"/agency/webhooks/{quote(str(webhook_id), safe='')}/deliveries",
            query={"state": state, "type": type, "since": since, "until": until, "cursor": cursor, "size": size},
        )
        return answer.json()

    def read_webhook_delivery(self, webhook_id: str | UUID, delivery_id: str | UUID) -> models.DeliveryDetail:
        """读取一条推送."""
        answer = self.request(
            "GET", f"/agency/webhooks/{quote(str(webhook_id), safe='')}/deliveries/{quote(str(delivery_id), safe='')}"
        )
        return answer.json()

    def resend_webhook_delivery(
        self,
        webhook_id: str | UUID,
        delivery_id: str | UUID,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.DeliveryItem:
        """重发一条推送."""
        answer = self.request(
            "POST",
            f"/agency/webhooks/{quote(str(webhook_id), safe='')}/deliveries/{quote(str(delivery_id), safe='')}/resend",
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def replay_webhooks(
        self,
        webhook_id: str | UUID,
        body: models.ReplayBody,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.Replay:
        """重发一段时间的推送."""
        answer = self.request(
            "POST",
            f"/agency/webhooks/{quote(str(webhook_id), safe='')}/replays",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def read_webhook_replay(self, webhook_id: str | UUID, replay_id: str | UUID) -> models.Replay:
        """重发的进度."""
        answer = self.request(
            "GET", f"/agency/webhooks/{quote(str(webhook_id), safe='')}/replays/{quote(str(replay_id), safe='')}"
        )
        return answer.json()

    def verify_webhook_signature(
        self, body: models.Verification, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> models.VerificationResult:
        """核对签名."""
        answer = self.request(
            "POST",
            "/agency/webhook-signatures/verify",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def get_usage(self) -> models.UsageAnswer:
        """本客户端的用量."""
        answer = self.request("GET", "/agency/usage")
        return answer.json()

    def list_audit_entries(self, *, cursor: str | None = None, size: int | None = None) -> models.AuditPage:
        """本客户端的操作记录."""
        answer = self.request("GET", "/agency/audit", query={"cursor": cursor, "size": size})
        return answer.json()

    def list_test_values(self) -> models.TestValues:
        """测试数据的约定."""
        answer = self.request("GET", "/test/values")
        return answer.json()

    def read_test_clock(self) -> models.TestClock:
        """测试时钟."""
        answer = self.request("GET", "/test/clock")
        return answer.json()

    def move_test_clock(
        self, body: models.ClockMove, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> models.TestClock:
        """拨快测试时钟."""
        answer = self.request(
            "POST", "/test/clock", body=body, on_behalf_of=on_behalf_of, idempotency_key=idempotency_key
        )
        return answer.json()

    def reset_test_data(
        self, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> models.TestDone:
        """重置测试数据."""
        answer = self.request("POST", "/test/reset", on_behalf_of=on_behalf_of, idempotency_key=idempotency_key)
        return answer.json()

    def create_test_application(
        self,
        body: models.TestApplicationInput,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.TestApplication:
        """让测试求职者投递."""
        answer = self.request(
            "POST", "/test/applications", body=body, on_behalf_of=on_behalf_of, idempotency_key=idempotency_key
        )
        return answer.json()

    def act_as_test_seeker(
        self,
        application_id: str | UUID,
        verb: str | UUID,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.TestDone:
        """让测试求职者答复."""
        answer = self.request(
            "POST",
            f"/test/applications/{quote(str(application_id), safe='')}/{quote(str(verb), safe='')}",
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def erase_test_seeker(
        self, phone: str | UUID, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> models.TestDone:
        """让测试求职者注销."""
        answer = self.request(
            "POST",
            f"/test/seekers/{quote(str(phone), safe='')}/erase",
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def approve_test_job(
        self, job_id: str | UUID, *, on_behalf_of: str | UUID | None = None, idempotency_key: str | None = None
    ) -> models.TestDone:
        """通过送审的测试职位."""
        answer = self.request(
            "POST",
            f"/test/jobs/{quote(str(job_id), safe='')}/approve",
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()

    def reject_test_job(
        self,
        job_id: str | UUID,
        body: models.TestReason,
        *,
        on_behalf_of: str | UUID | None = None,
        idempotency_key: str | None = None,
    ) -> models.TestDone:
        """驳回送审的测试职位."""
        answer = self.request(
            "POST",
            f"/test/jobs/{quote(str(job_id), safe='')}/reject",
            body=body,
            on_behalf_of=on_behalf_of,
            idempotency_key=idempotency_key,
        )
        return answer.json()
