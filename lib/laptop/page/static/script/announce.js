// What happened through somebody's doing, said to those who do not see it.
const place = document.querySelector('#announcements');

export function announce(text) {
  place.textContent = text;
}
