#pragma once

#include <cstdint>
#include <tuple>
#include <utility>

#include "../c/out-of-line.h"

namespace planted::simulation {

template <unsigned Shift>
struct Xor {
    static std::uint64_t apply(std::uint64_t value) { return value ^ (value >> Shift); }
};

template <std::uint64_t Factor>
struct Multiply {
    static std::uint64_t apply(std::uint64_t value) { return value * Factor; }
};

/** A chain of stages known at compile time; each is inlined, the chain itself is a function. */
template <typename... Stages>
struct Pipeline {
    OUT_OF_LINE static std::uint64_t run(std::uint64_t value, int times) {
        KEEP_FRAME();
        for (int i = 0; i < times; i++) ((value = Stages::apply(value)), ...);
        return value;
    }
};

}  // namespace planted::simulation
