#include "simulation.hpp"

#include "pipeline.hpp"

namespace planted::simulation {

using Short = Pipeline<Xor<33>, Multiply<0xff51afd7ed558ccd>, Xor<33>>;
using Long = Pipeline<Xor<30>, Multiply<0xbf58476d1ce4e5b9>, Xor<27>, Multiply<0x94d049bb133111eb>, Xor<31>>;

std::uint64_t run(int steps) {
    std::uint64_t value = 1;
    value = Short::run(value, steps);
    return Long::run(value, steps);
}

}  // namespace planted::simulation
