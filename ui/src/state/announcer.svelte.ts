/** What is said to those who do not see it happen. */
class Announcer {
  text = $state('');

  say(text: string) {
    // The same words twice in a row would not be read out again.
    this.text = this.text === text ? `${text}\u00a0` : text;
  }
}

export const announcer = new Announcer();
