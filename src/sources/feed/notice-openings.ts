const work = '(?:post|article|story|piece|tutorial|guide|entry|essay|write-?up|text|content|recipe|talk)';
const out = '(?:published|posted|appeared|written(?= for)|ran|released|shared|blogged)';

/** How a notice begins in English. "Cross-posted to", "also published on" and the like name a copy, not the original. */
const english: readonly RegExp[] = [
  String.raw`(?:(?:this|the) (?:[\w-]+ )?${work}\b.{0,200}?\s(?:originally|first|initially)|(?:was )?originally)\s+(?:was\s+|been\s+)?${out}\b\s*(?:at|on|in|by|here|for|as|:)?`,
  String.raw`(?:first|initially)\s+${out}\b\s*(?:at|on|in|by|here|for|:)?`,
  String.raw`${out}\s+(?:originally|first|initially)\b\s*(?:at|on|in|by|here|for|:)?`,
  String.raw`(?:this|it|that)\s+(?:was|has been|is)?\s*(?:originally|first|initially)\s+(?:was\s+)?${out}\b\s*(?:at|on|in|by|here|for|:)?`,
  String.raw`(?:a (?:shorter |longer |slightly different |previous )?version of )?(?:this|the) (?:[\w-]+ )?${work}\b.{0,200}?\s(?:was\s+|has\s+)?(?:originally\s+|first\s+)?${out}\s+(?:originally|first)\b\s*(?:at|on|in|:)?`,
  String.raw`a (?:[\w-]+ )?version of this ${work} (?:was |has |first |originally )*${out}\b\s*(?:at|on|in|:)?`,
  String.raw`i\s+(?:originally|first|initially)\s+(?:wrote|published|posted|shared)\s+(?:this|it)\b.{0,40}?\s(?:at|on|in|for|:)`,
  String.raw`(?:(?:this|the) (?:[\w-]+ )?${work} (?:was|is|has been)\s+|this (?:was|is)\s+)?(?:a\s+)?(?:cross-?\s?post(?:ed)?|re-?post(?:ed)?|re-?publish(?:ed)?|syndicated|mirror(?:ed)?)\s+(?:with permission\s+)?(?:from|of)\b`,
  String.raw`(?:canonical (?:url|link|version)|original(?:ly)?(?: (?:post|article|version|source|link|url))?)\s*(?::|—|–)`,
  String.raw`(?:canonical (?:url|link|version)|(?:the )?original (?:post|article|version|source))\s*(?:at\b|on\b|(?:is|lives|can be (?:found|read)|is available)\s*(?:at|on|here)?\b)`,
  String.raw`(?:read|see|view|find)\s+(?:the\s+)?original\b(?:\s+(?:post|article|version))?\s*(?:at|on|here|:)?`,
  String.raw`you can (?:read|find|see) the original\b(?:\s+(?:post|article|version))?\s*(?:at|on|here|:)?`,
].map((pattern) => new RegExp(`^${pattern}`, 'i'));

/** How it begins in other languages; where the verb stands last, what follows the link belongs to it. */
const others: readonly RegExp[] = [
  // German, Dutch, Swedish, Danish, Norwegian
  '(?:dieser|der|dieses?|der) (?:artikel|beitrag|text|post|tutorial|eintrag)\\s.{0,60}?(?:zuerst|ursprünglich|erstmals|original)\\s+(?:auf|bei|in|im|unter|am|hier)',
  '(?:dieser|der) (?:artikel|beitrag|text|post)\\s(?:erschien|wurde|ist)\\s.{0,30}?(?:zuerst|ursprünglich|erstmals)',
  '(?:zuerst|ursprünglich|erstmals|original)\\s+(?:veröffentlicht|erschienen|publiziert|gepostet)(?:\\s+(?:auf|bei|in|im|unter|am|hier|von))?',
  'original(?:artikel|beitrag|quelle)?\\s*:',
  '(?:dit|het|deze) (?:artikel|bericht|stuk|blog)?\\s?.{0,40}?(?:oorspronkelijk|eerst|eerder)\\s+(?:gepubliceerd|verschenen|geplaatst)?\\s*(?:op|bij|in)',
  '(?:oorspronkelijk|eerder)\\s+(?:gepubliceerd|verschenen|geplaatst)\\s+(?:op|bij|in)',
  '(?:ursprungligen|först)\\s+publicera(?:d|t|des)\\s+(?:på|i|hos)',
  '(?:oprindeligt|først)\\s+(?:udgivet|publiceret|bragt)\\s+(?:på|i|hos)',
  '(?:opprinnelig|først)\\s+(?:publisert|utgitt)\\s+(?:på|i|hos)',
  // French, Spanish, Portuguese, Italian, Romanian, Catalan
  "(?:cet|l[’']) ?article\\s.{0,40}?(?:publié|paru).{0,30}?(?:initialement|d[’']abord|première fois|à l[’']origine|origine)?\\s*(?:sur|dans|chez|ici)",
  "(?:initialement|originellement|d[’']abord)\\s+(?:publié|paru)e?\\s+(?:sur|dans|chez|ici)",
  "(?:publié|paru)e?\\s+(?:initialement|d[’']abord|à l[’']origine|pour la première fois)\\s+(?:sur|dans|chez|ici)",
  "(?:article|billet|version|source) (?:original|originale|d[’']origine)\\s*(?::|sur)",
  '(?:este|esta|el|la|o|a)\\s(?:artículo|entrada|publicación|post|texto|artigo|postagem)\\s.{0,40}?(?:originalmente|primeiro|primero|inicialmente|por primera vez|pela primeira vez).{0,30}?\\s(?:en|em|no|na)',
  '(?:publicad[oa]\\s+(?:originalmente|primero|primeiro|inicialmente|por primera vez|pela primeira vez)|(?:originalmente|inicialmente)\\s+(?:publicad[oa]|postad[oa]))\\s+(?:en|em|no|na)',
  '(?:artículo|entrada|publicación|artigo|post|texto|versión|versão|fuente|fonte)\\s+original\\s*(?::|en|em|no|na)',
  "(?:questo|l[’']) ?(?:articolo|post|testo)\\s.{0,40}?(?:pubblicato|apparso).{0,40}?\\s(?:su|sul|in|qui)",
  '(?:originariamente|originalmente|inizialmente)\\s+(?:pubblicato|apparso)\\s+(?:su|sul|in|qui)',
  '(?:pubblicato|apparso)\\s+(?:originariamente|originalmente|inizialmente|per la prima volta|prima)\\s+(?:su|sul|in|qui)',
  '(?:articolo|post|fonte)\\s+originale\\s*(?::|su)',
  'publicat\\s+(?:inițial|originalment|initial)\\s+(?:pe|în|a)',
  // Polish, Czech, Slovak, Russian, Ukrainian, Turkish, Indonesian, Vietnamese
  '(?:pierwotnie|oryginalnie|po raz pierwszy)\\s+(?:opublikowan[oeay]|ukazał\\p{L}*)\\s+(?:się\\s+)?(?:na|w)',
  '(?:artykuł|wpis|tekst)\\s.{0,40}?(?:pierwotnie|oryginalnie|po raz pierwszy).{0,30}?\\s(?:na|w)',
  '(?:původně|poprvé|pôvodne)\\s+(?:publikován[oay]?|vyšlo|zveřejněno|publikované)\\s+(?:na|v)',
  '(?:(?:эта\\s)?стать[яи]|пост|текст|материал)?\\s*(?:впервые|изначально|первоначально)\\s+(?:был[ао]?\\s+)?опубликован\\p{L}*\\s+(?:на|в)',
  '(?:оригинал(?:\\s+стат[ьт]\\p{L}*)?|оригінал(?:\\s+статт\\p{L})?)\\s*(?::|—|на|в)',
  '(?:вперше|спочатку)\\s+опубліковано\\s+(?:на|в|у)',
  '(?:bu (?:yazı|makale)\\s)?ilk(?:\\s+olarak)?(?:\\s+kez)?(?=.*ya[yı]+[nm]lan)',
  '(?:orijinal|asıl)\\s+(?:yazı|makale)\\s*:',
  '(?:pertama kali|awalnya)\\s+(?:diterbitkan|dipublikasikan)\\s+di',
  'bài (?:viết )?gốc\\s*:',
  // Finnish, Hungarian, Estonian, Latvian, Lithuanian, Greek, Bulgarian, Serbian, Croatian, Slovenian
  '(?:alun\\s?perin\\s+julkaistu|julkaistu\\s+(?:alun\\s?perin|ensin|ensimmäisen kerran))(?:\\s+(?:osoitteessa|blogissa|sivulla))?\\s*:?',
  '(?:eredetileg|először)\\s+(?:megjelent|közzétéve|publikálva)(?:\\s+(?:az?|itt))?\\s*:?',
  '(?:az )?eredeti (?:cikk|bejegyzés|írás)\\s*(?::|itt)',
  'algselt\\s+(?:avaldatud|ilmunud)\\s*:?',
  'sākotnēji\\s+public[ēe]ts\\s*:?',
  '(?:pirmą kartą|iš pradžių)\\s+(?:publikuota|paskelbta)s?\\s*:?',
  '(?:δημοσιεύ[τθ]ηκε\\s+(?:αρχικά|(?:για )?πρώτη φορά)|αρχικά\\s+δημοσιεύ[τθ]ηκε|πρωτοδημοσιεύ[τθ]ηκε)\\s+(?:στο|στη|στην|στον|σε)',
  '(?:първоначално|за първи път)\\s+публикуван[оаи]?\\s+(?:в|във|на)',
  '(?:првобитно|изворно|први пут)\\s+објављен[оаи]?\\s+(?:на|у)',
  '(?:izvorno|prvobitno|prvotno|prvi put|prvič)\\s+objavljen[oai]?\\s+(?:na|u|v)',
  // Hebrew, Arabic, Persian, Hindi, Thai
  '(?:פורסמ?ה?|פורסם|הופיעה?)\\s+(?:במקור|לראשונה)\\s+(?:באתר|בבלוג|ב)-?',
  '(?:نُ?شرت?|ظهرت?)\\s+(?:هذ[اه]\\s+\\p{L}+\\s+)?(?:في الأصل|لأول مرة|أصل[اً]+|أول[اً]+)\\s+(?:على|في)',
  '(?:این\\s+\\p{L}+\\s+)?(?:ابتدا|(?:برای )?(?:نخستین|اولین) بار|در اصل)\\s+در(?=.*منتشر)',
  '(?:(?:यह|ये)\\s+[\\p{L}\\p{M}]+\\s+)?(?:मूल रूप से|पहली बार|सबसे पहले)(?=.*प्रकाशित)',
  '(?:บทความนี้)?(?:เผยแพร่|ตีพิมพ์|โพสต์)(?:ครั้งแรก)(?:ที่|บน|ใน)',
  // Chinese, Japanese, Korean
  '(?:本文|原文|文章)?(?:最初|首次|最早)?(?:首发|首發|原载|原載|发表|發表|发布|發佈)[于於在]',
  '(?:原文|原文链接|原文連結|原文地址|转载自|轉載自)\\s*(?:链接|地址)?\\s*[:：]?',
  '(?:この記事は|本記事は|こちらは)(?=.*(?:公開|掲載|投稿|転載|初出))',
  '(?:初出|元記事|原文|オリジナル(?:記事)?|転載元)\\s*[:：は]',
  '(?:이 (?:글|포스트|기사)[은는]\\s(?=.*(?:게시|게재|발행|공개|작성))|(?:원문|원본|최초 게시)\\s*[:：]?)',
].map((pattern) => new RegExp(`^${pattern}`, 'iu'));

/** How a notice of the original begins, in the languages that blogs are written in. */
export const noticeOpenings: readonly RegExp[] = [...english, ...others];

const where =
  'on|in|at|by|from|as|am|auf|bei|von|vom|im|le|sur|dans|par|chez|el|en|por|em|no|na|il|su|da|op|door|på|den|dnia|w|v|в|на';
const verbs =
  'veröffentlicht|erschienen|publiziert|gepostet|gepubliceerd|verschenen|geplaatst|publicerad|udgivet|publisert|yayınlan\\p{L}*|yayımlan\\p{L}*|опубликован\\p{L}*';

/** What may follow the link of a notice: nothing, or where and when, or the verb of a language that puts it last. */
export const noticeEndings: readonly RegExp[] = [
  /^["”’»)\].!*\s。．！」』】）]*$/u,
  new RegExp(`^\\s*,?\\s*(?:(?:${where})(?=[^\\p{L}]|$)|\\()[^.!?]{0,100}[).!\\s]*$`, 'iu'),
  new RegExp(
    `^[\\s”’»)’']*(?:adresinde\\s+|sitesinde\\s+|(?:te|ta|de|da)\\s+)?(?:${verbs})(?:\\s+(?:worden|wurde|ist))?[.!\\s]*$`,
    'iu',
  ),
  /^["”’»)\s]*(?:पर|में)\s[^।.]{0,30}प्रकाशित[^।.]{0,20}[।.\s]*$/u,
  /^["”’»)\s]*منتشر[^.]{0,30}[.\s]*$/u,
  /^["”’»)\]」』】）\s]*(?:[でにのへから]{1,3})[^。]{0,40}(?:公開|掲載|投稿|転載|初出)[^。]{0,20}[。．.\s]*$/u,
  /^["”’»)\]\s]*(?:에|에서)\s?[^.]{0,30}(?:게시|게재|발행|공개|작성)[^.]{0,20}[.\s]*$/u,
];
