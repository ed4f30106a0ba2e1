"""Names of languages and the codes that articles carry: ISO 639-1 where there is one."""

import re

__all__ = ["language_code"]

_TAG = re.compile(r"([a-z]{2,3})(?:[-_].*)?", re.IGNORECASE)
# English name -> code, for the languages of news archives.
_NAMES = {
    "afrikaans": "af", "albanian": "sq", "amharic": "am", "arabic": "ar", "armenian": "hy", "azerbaijani": "az",
    "basque": "eu", "belarusian": "be", "bengali": "bn", "bosnian": "bs", "bulgarian": "bg", "burmese": "my",
    "catalan": "ca", "chinese": "zh", "croatian": "hr", "czech": "cs", "danish": "da", "dutch": "nl", "english": "en",
    "estonian": "et", "farsi": "fa", "finnish": "fi", "french": "fr", "galician": "gl", "georgian": "ka",
    "german": "de", "greek": "el", "gujarati": "gu", "hausa": "ha", "hebrew": "he", "hindi": "hi", "hungarian": "hu",
    "icelandic": "is", "indonesian": "id", "irish": "ga", "italian": "it", "japanese": "ja", "kazakh": "kk",
    "khmer": "km", "korean": "ko", "kurdish": "ku", "kyrgyz": "ky", "lao": "lo", "latvian": "lv", "lithuanian": "lt",
    "luxembourgish": "lb", "macedonian": "mk", "malay": "ms", "malayalam": "ml", "mandarin": "zh", "marathi": "mr",
    "mongolian": "mn", "nepali": "ne", "norwegian": "no", "pashto": "ps", "persian": "fa", "polish": "pl",
    "portuguese": "pt", "punjabi": "pa", "romanian": "ro", "russian": "ru", "serbian": "sr", "sinhala": "si",
    "slovak": "sk", "slovenian": "sl", "somali": "so", "spanish": "es", "swahili": "sw", "swedish": "sv", "tamil": "ta",
    "telugu": "te", "thai": "th", "tigrinya": "ti", "turkish": "tr", "ukrainian": "uk", "urdu": "ur", "uzbek": "uz",
    "vietnamese": "vi", "yiddish": "yi", "yoruba": "yo", "xhosa": "xh", "zulu": "zu",
}  # fmt: skip
# ISO 639-2 (both sets) and codes of varieties -> the code of the language.
_CODES = {
    "eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "spa": "es", "ita": "it", "por": "pt", "rus": "ru",
    "ara": "ar", "arb": "ar", "ukr": "uk", "fas": "fa", "per": "fa", "pes": "fa", "prs": "fa", "tur": "tr", "zho": "zh",
    "chi": "zh", "cmn": "zh", "jpn": "ja", "kor": "ko", "heb": "he", "iw": "he", "pol": "pl", "nld": "nl", "dut": "nl",
    "ell": "el", "gre": "el", "hin": "hi", "urd": "ur", "ces": "cs", "cze": "cs", "slk": "sk", "slo": "sk",
    "hun": "hu", "ron": "ro", "rum": "ro", "bul": "bg", "srp": "sr", "hrv": "hr", "bos": "bs", "slv": "sl",
    "swe": "sv", "dan": "da", "nor": "no", "nob": "no", "nno": "nn", "nb": "no", "fin": "fi", "est": "et", "lav": "lv",
    "lit": "lt", "ind": "id", "in": "id", "msa": "ms", "may": "ms", "vie": "vi", "tha": "th", "cat": "ca", "glg": "gl",
    "eus": "eu", "baq": "eu", "hye": "hy", "arm": "hy", "kat": "ka", "geo": "ka", "ben": "bn", "tam": "ta", "tel": "te",
    "swa": "sw", "amh": "am", "som": "so", "hau": "ha", "yor": "yo", "zul": "zu", "xho": "xh", "afr": "af",
    "yid": "yi", "ji": "yi", "sh": "sr", "yue": "zh", "wuu": "zh", "arz": "ar", "ary": "ar", "uzs": "uz",
}  # fmt: skip


def language_code(said: str) -> str:
    """The code for a tag such as en-GB, a three-letter code or an English name; empty for anything else."""
    text = said.strip().casefold()
    if text in _NAMES:
        return _NAMES[text]
    found = _TAG.fullmatch(text)
    code = found[1] if found else ""
    return _CODES.get(code, code if len(code) == len("en") else "")
