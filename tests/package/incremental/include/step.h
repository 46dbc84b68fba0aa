#pragma once
inline constexpr int kStep = 3;
