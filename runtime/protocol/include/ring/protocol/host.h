// The whole protocol, for host code: no device code includes this.
#pragma once

#include "ring/kernel.h"
#include "ring/protocol/step.h"
