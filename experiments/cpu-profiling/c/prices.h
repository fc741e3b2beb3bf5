#pragma once

#include <stdint.h>

/* Sets up the catalogue: ids from 1000 upwards without a gap, in order. */
void fill_catalogue(void);

/* The price of each of `count` orders, added up. */
uint64_t price_orders(int count);
