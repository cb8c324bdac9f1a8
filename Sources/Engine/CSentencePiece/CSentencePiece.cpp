#include "CSentencePiece.h"

#include <sentencepiece_processor.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

struct coldstart_sentencepiece {
    sentencepiece::SentencePieceProcessor processor;
};

namespace {

void copy_message(std::string_view text, char *message, size_t capacity) {
    if (message == nullptr || capacity == 0) return;
    const size_t length = std::min(text.size(), capacity - 1);
    for (size_t index = 0; index < length; index++) {
        message[index] = text[index] == '\n' ? ' ' : text[index];
    }
    message[length] = '\0';
}

/* Runs a call of the library and turns whatever it throws into a status. */
template <typename Body>
int guarded(Body body) noexcept {
    try {
        return body();
    } catch (...) {
        return COLDSTART_SENTENCEPIECE_FAILED;
    }
}

}  // namespace

extern "C" int coldstart_sentencepiece_open(
    const void *bytes, size_t count, coldstart_sentencepiece **model, char *message, size_t message_capacity) {
    *model = nullptr;
    copy_message("", message, message_capacity);
    coldstart_sentencepiece *opened = nullptr;
    try {
        opened = new coldstart_sentencepiece();
        const auto status = opened->processor.LoadFromSerializedProto(
            std::string_view(static_cast<const char *>(bytes), count));
        if (status.ok() && opened->processor.GetPieceSize() > 0) {
            *model = opened;
            return COLDSTART_SENTENCEPIECE_OK;
        }
        copy_message(
            status.ok() ? std::string("the model has no pieces") : status.ToString(), message, message_capacity);
    } catch (const std::exception &error) {
        copy_message(error.what(), message, message_capacity);
    } catch (...) {
        copy_message("unknown failure", message, message_capacity);
    }
    delete opened;
    return COLDSTART_SENTENCEPIECE_BAD_MODEL;
}

extern "C" void coldstart_sentencepiece_close(coldstart_sentencepiece *model) { delete model; }

extern "C" int32_t coldstart_sentencepiece_piece_count(const coldstart_sentencepiece *model) {
    return model->processor.GetPieceSize();
}

extern "C" int coldstart_sentencepiece_word_starts(const coldstart_sentencepiece *model, uint8_t *flags) {
    return guarded([&] {
        static constexpr std::string_view mark = "\xE2\x96\x81";
        const int count = model->processor.GetPieceSize();
        for (int id = 0; id < count; id++) {
            flags[id] = model->processor.IdToPiece(id).compare(0, mark.size(), mark) == 0 ? 1 : 0;
        }
        return COLDSTART_SENTENCEPIECE_OK;
    });
}

extern "C" int32_t coldstart_sentencepiece_piece_id(
    const coldstart_sentencepiece *model, const char *text, size_t length) {
    int32_t found = -1;
    guarded([&] {
        const std::string_view piece(text, length);
        /* The library answers with the unknown piece for a text that is none. */
        const int id = model->processor.PieceToId(piece);
        if (id >= 0 && model->processor.IdToPiece(id) == piece) found = id;
        return COLDSTART_SENTENCEPIECE_OK;
    });
    return found;
}

extern "C" int coldstart_sentencepiece_is_piece(
    const coldstart_sentencepiece *model, int32_t id, const char *text, size_t length, float score) {
    int found = 0;
    guarded([&] {
        if (id < 0 || id >= model->processor.GetPieceSize()) return COLDSTART_SENTENCEPIECE_OK;
        found = model->processor.IdToPiece(id) == std::string_view(text, length) &&
                model->processor.GetScore(id) == score;
        return COLDSTART_SENTENCEPIECE_OK;
    });
    return found;
}

extern "C" int coldstart_sentencepiece_encode(
    const coldstart_sentencepiece *model, const char *text, size_t length, int32_t *ids, size_t capacity,
    size_t *count) {
    return guarded([&] {
        std::vector<int> found;
        if (!model->processor.Encode(std::string_view(text, length), &found).ok()) {
            return static_cast<int>(COLDSTART_SENTENCEPIECE_FAILED);
        }
        std::copy_n(found.begin(), std::min(found.size(), capacity), ids);
        *count = found.size();
        return static_cast<int>(COLDSTART_SENTENCEPIECE_OK);
    });
}

extern "C" int coldstart_sentencepiece_decode(
    const coldstart_sentencepiece *model, const int32_t *ids, size_t count, char *text, size_t capacity,
    size_t *length) {
    return guarded([&] {
        const int pieces = model->processor.GetPieceSize();
        for (size_t index = 0; index < count; index++) {
            if (ids[index] < 0 || ids[index] >= pieces) return static_cast<int>(COLDSTART_SENTENCEPIECE_FAILED);
        }
        std::string found;
        if (!model->processor.Decode(std::vector<int>(ids, ids + count), &found).ok()) {
            return static_cast<int>(COLDSTART_SENTENCEPIECE_FAILED);
        }
        std::memcpy(text, found.data(), std::min(found.size(), capacity));
        *length = found.size();
        return static_cast<int>(COLDSTART_SENTENCEPIECE_OK);
    });
}
