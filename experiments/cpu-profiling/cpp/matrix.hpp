#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "../c/out-of-line.h"

namespace planted {

/** Where the cell (row, column) of a matrix with `columns` columns is stored. */
struct RowMajor {
    static std::size_t place(std::size_t row, std::size_t column, std::size_t columns) { return row * columns + column; }
};

template <typename Number, typename Layout = RowMajor>
class Matrix {
public:
    Matrix(std::size_t rows, std::size_t columns) : rows_(rows), columns_(columns), cells_(rows * columns) {
        for (std::size_t i = 0; i < cells_.size(); i++) cells_[i] = static_cast<Number>(i % 7);
    }

    Number &cell(std::size_t row, std::size_t column) { return cells_[Layout::place(row, column, columns_)]; }
    const Number &cell(std::size_t row, std::size_t column) const { return cells_[Layout::place(row, column, columns_)]; }

    /** The planted line walks down the columns of `other`: each step is on another line of the cache. */
    OUT_OF_LINE void multiply(const Matrix &other, Matrix &product) const {
        KEEP_FRAME();
        for (std::size_t row = 0; row < rows_; row++) {
            for (std::size_t column = 0; column < other.columns_; column++) {
                Number sum{};
                // PLANTED, about 60 % of the program:
                for (std::size_t k = 0; k < columns_; k++) sum += cell(row, k) * other.cell(k, column);
                product.cell(row, column) = sum;
            }
        }
    }

    OUT_OF_LINE Number trace() const {
        KEEP_FRAME();
        Number sum{};
        for (std::size_t i = 0; i < rows_; i++) sum += cell(i, i);
        return sum;
    }

private:
    std::size_t rows_;
    std::size_t columns_;
    std::vector<Number> cells_;
};

}  // namespace planted
