#include "outline.hpp"

#include "../c/out-of-line.h"

namespace planted {

Section::Section(int depth) {
    for (int i = 0; i < 3 && depth > 0; i++) chapters_.push_back(std::make_unique<Chapter>(depth - 1));
}

Section::Section(Section &&) noexcept = default;
Section::~Section() = default;

Chapter::Chapter(int depth) {
    for (int i = 0; i < 2 && depth > 0; i++) sections_.emplace_back(depth - 1);
}

OUT_OF_LINE std::uint64_t Section::words() const {
    std::uint64_t sum = 1;
    for (const auto &chapter : chapters_) sum += chapter->words();
    return sum;
}

OUT_OF_LINE std::uint64_t Chapter::words() const {
    std::uint64_t sum = 2;
    for (const auto &section : sections_) sum = sum * 3 + section.words();
    return sum;
}

OUT_OF_LINE int Chapter::reading_orders(int pages) {
    if (pages < 2) return 1;
    const auto turn = [pages](int turned) { return reading_orders(pages - turned); };
    return turn(1) + turn(2);
}

}  // namespace planted
