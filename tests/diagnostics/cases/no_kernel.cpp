// expected-error@1 {{no kernel in this file; put RING_GLOBAL(.block = {256}) before a function}} [RC1002]
int twice(int x) { return 2 * x; }
