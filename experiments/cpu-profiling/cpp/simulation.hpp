#pragma once

#include <cstdint>

namespace planted::simulation {

/** Many small steps whose template arguments make names as long as those of real programs. */
std::uint64_t run(int steps);

}  // namespace planted::simulation
