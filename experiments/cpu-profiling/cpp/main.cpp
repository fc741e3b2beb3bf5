#include <cstdint>
#include <vector>

#include "../c/cold.h"
#include "../c/libplanted.h"
#include "../c/out-of-line.h"
#include "../c/rounds.h"
#include "matrix.hpp"
#include "outline.hpp"
#include "simulation.hpp"

namespace {

constexpr std::size_t SIZE = 192;

OUT_OF_LINE std::uint64_t main_work() {
    static const planted::Matrix<double> left(SIZE, SIZE);
    static const planted::Matrix<double> right(SIZE, SIZE);
    static planted::Matrix<double> product(SIZE, SIZE);
    static const planted::Section outline(9);
    left.multiply(right, product);
    auto sum = static_cast<std::uint64_t>(product.trace());
    for (int i = 0; i < 90; i++) sum += outline.words();
    sum += static_cast<std::uint64_t>(planted::Chapter::reading_orders(26));
    return sum + cold_rest();
}

OUT_OF_LINE std::uint64_t checksum_work() {
    static const std::vector<std::uint8_t> document(4096, 0x5a);
    return planted_checksum(document.data(), document.size(), 240);
}

OUT_OF_LINE std::uint64_t simulation_work() { return planted::simulation::run(140000); }

}  // namespace

int main(int argc, char **argv) {
    round_work work{};
    work.main_thread = main_work;
    work.workers[0].name = "checksum";
    work.workers[0].work = checksum_work;
    work.workers[1].name = "simulation";
    work.workers[1].work = simulation_work;
    return run_rounds(argc, argv, &work);
}
