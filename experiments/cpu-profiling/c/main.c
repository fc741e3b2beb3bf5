#include <string.h>

#include "blend.h"
#include "cold.h"
#include "libplanted.h"
#include "out-of-line.h"
#include "prices.h"
#include "recursion.h"
#include "rounds.h"

static uint8_t document[4096];

static OUT_OF_LINE uint64_t main_work(void) {
    uint64_t sum = price_orders(8000);
    sum += fibonacci(26);
    for (int i = 0; i < 7000; i++) sum += evaluate("(1+2*(3+4*(5+6)))*(7+8*(9+10*(11+12)))+((13*14)+15)*16");
    return sum + cold_rest();
}

static OUT_OF_LINE uint64_t checksum_work(void) { return planted_checksum(document, sizeof document, 220); }

static OUT_OF_LINE uint64_t blend_work(void) {
    KEEP_FRAME();
    uint32_t colour = 1;
    for (uint32_t i = 0; i < 240000; i++) colour = blend_twice(colour, i);
    return colour;
}

int main(int argc, char **argv) {
    memset(document, 0x5a, sizeof document);
    fill_catalogue();
    const struct round_work work = {
        .main_thread = main_work,
        .workers = {{"checksum", checksum_work}, {"blend", blend_work}},
    };
    return run_rounds(argc, argv, &work);
}
