#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace planted {

/** A document's outline: chapters hold sections, sections hold chapters. Counting walks it by mutual recursion. */
class Chapter;

class Section {
public:
    explicit Section(int depth);
    Section(Section &&) noexcept;
    ~Section();
    std::uint64_t words() const;

private:
    std::vector<std::unique_ptr<Chapter>> chapters_;
};

class Chapter {
public:
    explicit Chapter(int depth);
    std::uint64_t words() const;
    /** In how many orders pages can be read one or two at a time: direct recursion, through an inlined lambda. */
    static int reading_orders(int pages);

private:
    std::vector<Section> sections_;
};

}  // namespace planted
