// Passkeys: a form with data-passkey fetches what the browser's dialogue needs, and sends what that answers. Hidden where there are none.
(() => {
  const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const toText = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list = []) => list.map((one) => ({ ...one, id: toBytes(one.id) }));

  const create = async (options) => {
    const user = { ...options.user, id: toBytes(options.user.id) };
    const made = await navigator.credentials.create({
      publicKey: { ...options, user, challenge: toBytes(options.challenge), excludeCredentials: known(options.excludeCredentials) },
    });
    return [made, { attestationObject: toText(made.response.attestationObject) }];
  };

  const get = async (options) => {
    const used = await navigator.credentials.get({
      publicKey: { ...options, challenge: toBytes(options.challenge), allowCredentials: known(options.allowCredentials) },
    });
    return [used, { authenticatorData: toText(used.response.authenticatorData), signature: toText(used.response.signature) }];
  };

  const ask = async (form) => {
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(form.dataset.passkey, { method: "POST", headers: { "X-CSRFToken": token, "HX-Request": "true" } });
    const elsewhere = answer.headers.get("HX-Redirect");
    if (elsewhere) return location.assign(elsewhere);
    if (!answer.ok) throw new Error(answer.statusText);
    const [credential, own] = await (form.dataset.passkeyDoes === "create" ? create : get)(await answer.json());
    const response = { clientDataJSON: toText(credential.response.clientDataJSON), ...own };
    const { id, type } = credential;
    form.elements.credential.value = JSON.stringify({ id, rawId: toText(credential.rawId), type, response });
    form.requestSubmit();
  };

  document.addEventListener("click", (event) => {
    const form = event.target.closest("[data-passkey-ask]")?.form;
    if (!form || !form.reportValidity()) return;
    const said = form.querySelector("[role=status]");
    said.textContent = "请按浏览器或手机的提示操作…";
    ask(form).catch(() => {
      said.textContent = "没有完成：可能是取消了，或这台设备上没有可用的通行密钥。可以再试一次。";
    });
  });
  if (window.PublicKeyCredential) document.querySelectorAll("[data-passkey]").forEach((form) => form.removeAttribute("hidden"));
})();
