// The host's hybrid logical clock, by the rules of protocol/clock.h.

class Clock {
  physical = 0; // µs since the epoch; exact in a double until the year 2255
  logical = 0;

  static wall() {
    return Math.floor((performance.timeOrigin + performance.now()) * 1000);
  }

  tick() {
    const wall = Clock.wall();
    if (wall > this.physical) [this.physical, this.logical] = [wall, 0];
    else ++this.logical;
  }
  update(physical, logical) {
    const wall = Clock.wall();
    if (wall > this.physical && wall > physical) [this.physical, this.logical] = [wall, 0];
    else if (this.physical === physical) this.logical = Math.max(this.logical, logical) + 1;
    else if (this.physical > physical) ++this.logical;
    else [this.physical, this.logical] = [physical, logical + 1];
  }
}

const lowWord = (number) => number % 2 ** 32;
const highWord = (number) => Math.floor(number / 2 ** 32);
const wideNumber = (low, high) => high * 2 ** 32 + low;
