#include <nlohmann/json.hpp>
#include <cstdio>
#include <string>
// Builds a document, writes it, reads it back and changes it: what takes the time is the library's own code.
int main(int argc, char **argv) {
  using nlohmann::json;
  const int rounds = argc > 1 ? std::stoi(argv[1]) : 1;
  std::size_t bytes = 0;
  for (int round = 0; round < rounds; round++) {
    json rows = json::array();
    for (int i = 0; i < 300; i++)
      rows.push_back({{"id", i}, {"name", "row " + std::to_string(i)}, {"share", i / 7.0}, {"tags", {"a", "b", nullptr}}});
    const std::string text = rows.dump();
    const json parsed = json::parse(text);
    const json patch = json::diff(parsed, json::parse(rows.dump(1)));
    bytes += text.size() + patch.size() + parsed.flatten().size() + json::to_cbor(parsed).size();
  }
  std::printf("%zu\n", bytes);
}
