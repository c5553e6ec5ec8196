// Forms that need a passkey: the browser makes or shows one, and the form carries its answer.

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches?.("[data-passkey]")) return;
  event.preventDefault();
  const error = form.querySelector("[data-passkey-error]");
  error.hidden = true;
  try {
    form.elements.credential.value = JSON.stringify(await ask(form));
    form.submit();
  } catch (reason) {
    error.textContent = sentence(reason);
    error.hidden = false;
  }
});

async function ask(form) {
  const { passkey, passkeyOptions } = form.dataset;
  const response = await fetch(passkeyOptions, { method: "POST", body: new FormData(form) });
  if (!response.ok) throw new Error();
  const options = await response.json();
  return passkey === "create"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

function sentence(reason) {
  // Browsers know passkeys over HTTPS and on localhost only.
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) return "This browser knows no passkeys here.";
  if (reason.name === "InvalidStateError") return "There is a passkey for you in it already.";
  if (reason.name === "NotAllowedError") return "It was cancelled, or took too long.";
  return "It did not work; load the page again and try once more.";
}
