// Passkeys (WebAuthn): the only thing on the accounts' pages that needs script. A form with data-passkey="show" or "add" is filled with the browser's answer and sent.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const read = (options) => {
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const list of [options.excludeCredentials, options.allowCredentials]) for (const known of list ?? []) known.id = bytes(known.id);
  return options;
};

const written = (credential) => {
  const { response } = credential;
  const answer = { clientDataJSON: text(response.clientDataJSON) };
  if (response.attestationObject) Object.assign(answer, { attestationObject: text(response.attestationObject), transports: response.getTransports?.() ?? [] });
  else Object.assign(answer, { authenticatorData: text(response.authenticatorData), signature: text(response.signature), userHandle: response.userHandle ? text(response.userHandle) : null });
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response: answer, clientExtensionResults: credential.getClientExtensionResults(), authenticatorAttachment: credential.authenticatorAttachment });
};

for (const form of window.PublicKeyCredential ? document.querySelectorAll("form[data-passkey]") : []) {
  const add = form.dataset.passkey === "add";
  const failed = form.querySelector("[data-failed]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      const asked = await fetch(add ? "/accounts/passkeys/add" : "/accounts/passkeys/show", { method: "POST", body: new URLSearchParams({ "form-token": form.elements["form-token"].value }) });
      if (!asked.ok) throw new Error("refused");
      const publicKey = read(await asked.json());
      const credential = await (add ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
      form.elements.credential.value = written(credential);
      form.submit();
    } catch {
      failed.hidden = false;
      failed.focus();
    }
  });
}
