(function() {

// node_modules/preact/dist/preact.mjs
	var n$1;
	var t$2;
	var r$2;
	var u$3;
	var i$2;
	var f$3;
	var o$3;
	var e$2;
	var l$2;
	var c$2;
	var a$3;
	var s$2;
	var h$3 = Symbol.for("pv");
	var p$3 = {};
	var y$3 = [];
	var v$2 = /^m(i|n|o|s|text|space)$/;
	var w$3 = Array.isArray;
	var d$2 = y$3.slice;
	var _$2 = Object.assign;
	function g$3(n) {
		n && n.parentNode && n.remove();
	}
	function k$2(n, t, r) {
		var u, i, f, o = {}, e = arguments.length;
		for (f in t) "key" == f ? u = t[f] : "ref" == f && "function" != typeof n ? i = t[f] : o[f] = t[f];
		return e > 2 && (o.children = e > 3 ? d$2.call(arguments, 2) : r), m$3(n, o, u, i, null);
	}
	function m$3(r, u, i, f, o) {
		var e = {
			type: r,
			props: u,
			key: i,
			ref: f,
			__k: null,
			__: null,
			__b: 0,
			__e: null,
			__c: null,
			constructor: h$3,
			__v: o || ++t$2,
			__i: -1,
			__u: 0
		};
		return !o && n$1.vnode && n$1.vnode(e), e;
	}
	function $(n) {
		return n.children;
	}
	function x$2(n, t) {
		this.props = n, this.context = t, this.__g = 0;
	}
	function S$1(n, t) {
		if (null == t) return n.__ && S$1(n.__, n.__i + 1);
		for (var r; t < n.__k.length; t++) if ((r = n.__k[t]) && r.__e) return r.__e;
		return "function" != typeof n.type || n.props.__P ? null : S$1(n);
	}
	function C$1(t) {
		var r, u = t.__v, i = u.__e, f = [], o = [], e = t.__P;
		e && ((r = _$2({ constructor: h$3 }, u)).__v = u.__v + 1, n$1.vnode && n$1.vnode(r), z$1(e, r, u, t.__n, e.namespaceURI, 32 & u.__u ? [i] : null, f, i || S$1(u), 32 & u.__u, o), r.__v = u.__v, r.__.__k[r.__i] = r, E$1(f, r, o), u.__ = u.__e = null, r.__e != i && j$1(r));
	}
	function j$1(n) {
		if ((n = n.__) && n.__c && !n.props.__P) return n.__e = null, n.__k.some(function(t) {
			return t && (n.__e = t.__e);
		}), j$1(n);
	}
	function L(t) {
		(8 & t.__g || (t.__g |= 8, u$3.push(t), f$3++)) && i$2 == n$1.debounceRendering || ((i$2 = n$1.debounceRendering) || queueMicrotask)(H);
	}
	function H() {
		try {
			for (var n, t = 1; u$3.length;) u$3.length > t && u$3.sort(o$3), n = u$3.shift(), t = u$3.length, 8 & n.__g && C$1(n);
		} finally {
			(f$3 = u$3.length) && (i$2 || queueMicrotask)(H);
		}
	}
	function I(n, t, r, u, i, f, o, e, l, c, a) {
		var s, h, v, w, d, _, g = u.__k || y$3, k = t.length;
		for (l = q$1(r, t, g, l, k), s = 0; s < k; s++) null != (v = r.__k[s]) && (h = ~v.__i && g[v.__i] || p$3, v.__i = s, _ = z$1(n, v, h, i, f, o, e, l, c, a), w = v.__e, (h.ref != v.ref || 8 & h.__u) && (h.ref && G(h.ref, null, v, h), v.ref && a.push(v.ref, v.__c || w, v)), d = d || w, 4 & v.__u ? (l = A$2(v, l, n, !h.__v), h.__e && (h.__e = null)) : "function" == typeof v.type && void 0 !== _ ? l = _ : w && (l = w.nextSibling), v.__u &= -21);
		return r.__e = d, l;
	}
	function q$1(n, t, r, u, i) {
		var f, o, e, l, c, a, s, p, y, v = r.length, d = v, _ = 0, g = 0, k = n.__k = Array(i);
		for (f = 0; f < i; f++) null != (o = t[f]) && "boolean" != typeof o && "function" != typeof o ? ("object" != typeof o || o.constructor === String ? o = k[f] = m$3(null, o) : w$3(o) ? o = k[f] = m$3($, { children: o }) : o.constructor === h$3 && o.__b ? o = k[f] = m$3(o.type, o.props, o.key, o.ref, o.__v) : k[f] = o, l = f + _, o.__ = n, o.__b = n.__b + 1, e = null, ~(c = o.__i = P(o, r, l, d)) && (d--, (e = r[c]) && (e.__u |= 2)), e && e.__v ? (o.__u |= 16, c == l - 1 ? _-- : c == l + 1 ? _++ : c != l && (c > l ? _-- : _++, g = 1)) : (~c || (i > v ? _-- : i < v && _++), "function" != typeof o.type && (o.__u |= 4))) : k[f] = null;
		if (g) {
			for (a = [], s = [], f = 0; f < i; f++) if ((o = k[f]) && 16 & o.__u) {
				for (_ = 0, p = a.length; _ < p;) a[y = _ + p >> 1] < o.__i ? _ = y + 1 : p = y;
				a[_] = o.__i, s[f] = _ + 1;
			}
			for (_ = a.length; f--;) s[f] && (s[f] == _ ? _-- : k[f].__u |= 4);
		}
		if (d) for (f = 0; f < v; f++) !(e = r[f]) || 2 & e.__u || (e.__e == u && (u = S$1(e)), J(e, e));
		return u;
	}
	function A$2(n, t, r, u) {
		var i, f, o, e;
		if ("function" == typeof n.type) {
			if (n.props.__P) return t;
			if (i = n.__k) for (f = 0; f < i.length; f++) i[f] && (i[f].__ = n, t = A$2(i[f], t, r, !1));
			return t;
		}
		for (t && !t.parentNode && (t = S$1(n)) && !t.parentNode && (t = null), o = n.__e, e = t; e && 8 == e.nodeType;) e = e.nextSibling;
		for (o != e && (!u && r.moveBefore && o.parentNode ? r.moveBefore(o, t) : r.insertBefore(o, t || null)), t = o; (t = t && t.nextSibling) && 8 == t.nodeType && !t.data.startsWith("$s"););
		return t;
	}
	function P(n, t, r, u) {
		var i, f = n.key, o = n.type, e = t[r], l = e && !(2 & e.__u);
		if (null === e && null == f || l && f == e.key && o == e.type) return r;
		if (u > (l ? 1 : 0)) {
			for (i = r - 1; i >= 0; i--) if ((e = t[i]) && !(2 & e.__u) && f == e.key && o == e.type) return i;
			for (i = r + 1; i < t.length; i++) if ((e = t[i]) && !(2 & e.__u) && f == e.key && o == e.type) return i;
		}
		return -1;
	}
	function T$2(n, t, r) {
		r ??= "", "-" == t[0] ? n.setProperty(t, r) : n[t] = r;
	}
	function N(n, t, r, u, i) {
		var f, o;
		if ("style" == t) if ("string" == typeof r) n.style.cssText = r;
		else {
			if ("string" == typeof u && (n.style.cssText = u = ""), u) for (t in u) r && t in r || T$2(n.style, t);
			if (r) for (t in r) u && r[t] == u[t] || T$2(n.style, t, r[t]);
		}
		else if ("o" == t[0] && "n" == t[1]) "function" != typeof r && (r = null), "function" != typeof u && (u = null), (n.__e || (n.__e = {}))[t] = r, r && u || (o = a$3[t] || (a$3[t] = V(t)), (n.__a || (n.__a = {}))[t] = c$2, f = t != (t = t.replace(l$2, "$1")), (t = t.slice(2))[0] < "a" && (t = t.toLowerCase()), r ? n.addEventListener(t, o, f) : n.removeEventListener(t, o, f));
		else {
			if ("http://www.w3.org/2000/svg" == i) t = t.replace(/xlink(H|:h)/, "h").replace(/sName$/, "s");
			else if ("width" != t && "height" != t && "href" != t && "list" != t && "form" != t && "tabIndex" != t && "download" != t && "rowSpan" != t && "colSpan" != t && "role" != t && "popover" != t && t in n) try {
				n[t] = null == r ? "" : r;
				return;
			} catch (n) {}
			if ("function" == typeof r) return;
			null == r || !1 === r && "-" != t[4] ? n.removeAttribute(t) : n.setAttribute(t, "popover" == t && 1 == r ? "" : r);
		}
	}
	function V(t) {
		return function(r) {
			var u = this.__e;
			if (u) {
				if (u = u[t], null == r[e$2]) r[e$2] = c$2++;
				else if (r[e$2] < this.__a[t]) return;
				return u(n$1.event ? n$1.event(r) : r);
			}
		};
	}
	function z$1(t, r, u, i, f, o, e, l, c, a) {
		var s, p, v, d, k, b, m, M, C, j, L, H, q, A, O, P, T, N, V = r.type;
		if (r.constructor !== h$3) return null;
		128 & u.__u && (c = 32 & u.__u, s = u.__c.__z) && (r.__u |= c, p = o = [], 8 == s.nodeType ? l = B$1(s, o) : o.push(s), l = o[0] || l), (s = n$1.__b) && s(r);
		n: if ("function" == typeof V) {
			v = e.length;
			try {
				if (M = r.props, C = (s = V.prototype) && s.render, j = (s = V.contextType) && i[s.__c], L = s ? j ? j.props.value : s.__ : i, (d = u.__c) ? (r.__c = d, 2 & d.__g && (d.__g |= 1)) : (C ? r.__c = d = new V(M, L) : (r.__c = d = new x$2(M, L), d.constructor = V, d.render = K), j && j.sub(d), d.state || (d.state = {}), d.__n = i, d.__g |= 8, d.__h = [], d.__k = []), C && (d.__s || (d.__s = d.state), V.getDerivedStateFromProps && (d.__s == d.state && (d.__s = _$2({}, d.__s)), _$2(d.__s, V.getDerivedStateFromProps(M, d.__s)))), k = d.props, b = d.state, d.__v = r, u.__c) {
					if (M !== k && C && !V.getDerivedStateFromProps && d.componentWillReceiveProps && d.componentWillReceiveProps(M, L), r.__v == u.__v && !(8 & d.__g) || !(4 & d.__g) && d.shouldComponentUpdate && !1 === d.shouldComponentUpdate(M, d.__s, L)) {
						r.__v != u.__v && (d.props = M, d.state = d.__s, d.__g &= -9), r.__e = u.__e, r.__k = u.__k, r.__k.some(function(n) {
							n && (n.__ = r);
						}), y$3.push.apply(d.__h, d.__k), d.__k = [], d.__h.length && e.push(d), l = S$1(u);
						break n;
					}
					d.componentWillUpdate && d.componentWillUpdate(M, d.__s, L), C && d.componentDidUpdate && d.__h.push(function() {
						d.componentDidUpdate(k, b, m);
					});
				} else C && !V.getDerivedStateFromProps && d.componentWillMount && d.componentWillMount(), C && d.componentDidMount && d.__h.push(d.componentDidMount);
				d.context = L, d.props = M, d.__P = t, d.__g &= -5, H = n$1.__r, q = C ? 25 : 0;
				do
					d.__g &= -9, H && H(r), s = d.render(d.props, d.state = d.__s, d.context);
				while (8 & d.__g && ++q < 25);
				C && (y$3.push.apply(d.__h, d.__k), d.__k = []), d.state = d.__s, d.getChildContext && (i = _$2({}, i, d.getChildContext())), C && u.__c && d.getSnapshotBeforeUpdate && (m = d.getSnapshotBeforeUpdate(k, b)), A = s && s.type === $ && null == s.key ? s.props.children : s, M.__P && (s = l, f = (t = M.__P).namespaceURI, c = o = null, u.props && u.props.__P != t && (u.__k.some(function(n) {
					n && J(n, n);
				}), u.__k = null), l = u.__k ? S$1(u, 0) : null), l = I(t, w$3(A) ? A : [A], r, u, i, f, o, e, l, c, a), M.__P && (r.__e = null, l = s), r.__u &= -161, p && p.some(g$3), d.__h.length && e.push(d), 1 & d.__g && (d.__g &= -4);
			} catch (t) {
				if (e.length = v, r.__v = null, c || o) if (t && t.then) {
					if (r.__u |= 128 | c, o) {
						for (~(T = o.indexOf(l || void 0)) || (T = o.length); (N = o[T - 1]) && 8 == N.nodeType;) T--;
						for (; T < o.length; T++) if (N = o[T]) if (o[T] = null, O) {
							if (N == P) break;
						} else {
							if (8 != N.nodeType) break;
							N.data.startsWith("$s") && (P = B$1(O = N));
						}
					}
					if (!O) {
						for (; l && 8 == l.nodeType && l.nextSibling;) l = l.nextSibling;
						O = l;
					}
					(s = B$1(O = r.__c.__z || (r.__c.__z = O))) ? (r.__e = O, l = s) : r.__e = l, l = l && l.nextSibling;
				} else o && o.some(g$3);
				else r.__e = u.__e;
				r.__k || (r.__k = u.__k || []), t && t.then || D$1(r), n$1.__e(t, r, u);
			}
		} else l = r.__e = F$2(u.__e, r, u, i, f, o, e, c, a, t);
		return (s = n$1.diffed) && s(r), l;
	}
	function B$1(n, t) {
		if (n && 8 == n.nodeType && n.data.startsWith("$s")) for (var r = 1; n = n.nextSibling;) {
			if (8 == n.nodeType) {
				if (n.data.startsWith("$s")) r++;
				else if (n.data.startsWith("/$s") && !--r) return n;
			}
			t && t.push(n);
		}
	}
	function D$1(n) {
		n && (n.__c && (n.__c.__g |= 4), n.__k && n.__k.some(D$1));
	}
	function E$1(t, r, u) {
		for (var i = 0; i < u.length;) G(u[i++], u[i++], u[i++]);
		n$1.__c && n$1.__c(r, t), t.some(function(r) {
			try {
				t = r.__h, r.__h = [], t.some(function(n) {
					n.call(r);
				});
			} catch (t) {
				n$1.__e(t, r.__v);
			}
		});
	}
	function F$2(t, r, u, i, f, o, e, l, c, a) {
		var s, h, y, _, k, b, m, M, $ = u.props || p$3, x = r.props, C = r.type;
		if ("svg" == C ? f = "http://www.w3.org/2000/svg" : "math" == C ? f = "http://www.w3.org/1998/Math/MathML" : f || (f = "http://www.w3.org/1999/xhtml"), o) {
			for (s = 0; s < o.length; s++) if ((k = o[s]) && (C ? k.localName == C : 3 == k.nodeType)) {
				t = k, o[s] = null;
				break;
			}
		}
		if (!t) {
			if (M = a.ownerDocument || document, !C) return M.createTextNode(x);
			t = M.createElementNS(f, C, x.is ? x : a), l && (n$1.__m && n$1.__m(r, o), l = !1), o = null;
		}
		if (C) {
			if (a = "template" == C && t.content || t, o = "textarea" == C && null != x.defaultValue ? null : o && d$2.call(a.childNodes), !l && o) for ($ = {}, s = 0; s < t.attributes.length; s++) $[(k = t.attributes[s]).name] = k.value;
			for (s in $) k = $[s], "dangerouslySetInnerHTML" == s ? y = k : "children" == s || s in x || "value" == s && "defaultValue" in x || "checked" == s && "defaultChecked" in x || N(t, s, null, k, f);
			for (s in x) k = x[s], "children" == s ? _ = k : "dangerouslySetInnerHTML" == s ? h = k : "value" == s ? b = k : "checked" == s ? m = k : l && "function" != typeof k || $[s] === k || N(t, s, k, $[s], f);
			h ? (l || y && (h.__html == y.__html || h.__html == t.innerHTML) || (t.innerHTML = h.__html), r.__k = []) : (y && (t.textContent = ""), ("foreignObject" == C || "http://www.w3.org/1998/Math/MathML" == f && v$2.test(C)) && (f = "http://www.w3.org/1999/xhtml"), I(a, w$3(_) ? _ : [_], r, u, i, f, o, e, o ? o[0] : u.__k && S$1(u, 0), l, c), o && o.some(g$3)), l && "textarea" != C || (s = "value", "progress" == C && null == b ? t.removeAttribute(s) : null == b || b === t[s] && ("progress" != C || b) || N(t, s, b, $[s], f), s = "checked", null != m && m != t[s] && N(t, s, m, $[s], f));
		} else $ === x || l && t.data == x || (t.data = x);
		return t;
	}
	function G(t, r, u, i) {
		try {
			"function" == typeof t ? r ? r.__x = t(r) || 1 : i && (i = i.__c || i.__e) && (r = i.__x) && (i.__x = null, "function" == typeof r ? r() : t(null)) : t.current = r;
		} catch (t) {
			n$1.__e(t, u);
		}
	}
	function J(t, r, u) {
		var i, f, o, e;
		if (n$1.unmount && n$1.unmount(t), !(i = t.ref) || i.current && i.current != t.__e || G(i, null, r, t), i = t.__c) {
			if (i.componentWillUnmount) try {
				i.componentWillUnmount();
			} catch (t) {
				n$1.__e(t, r);
			}
			i.__P = i.__n = null;
		}
		if (i = t.__k) for (e = 0; e < i.length; e++) i[e] && J(i[e], r, "function" != typeof t.type || u && !t.props.__P);
		!u && (i = t.__c) && (i = i.__z) && (f = B$1(i, o = [])) && (i == t.__e && o.some(g$3), g$3(f), g$3(i)), u || g$3(t.__e), t.__e = t.__c = t.__ = null;
	}
	function K(n, t, r) {
		return this.constructor(n, r);
	}
	function Q(t, r) {
		var u, i, f, o;
		n$1.__ && n$1.__(t, r), 9 == r.nodeType && (r = r.documentElement), i = (u = t && 32 & t.__u) ? null : r.__k, r.__k = m$3($, { children: [t] }), f = [], o = [], z$1(r, r.__k, i || p$3, p$3, r.namespaceURI, i ? null : r.firstChild ? d$2.call(r.childNodes) : null, f, i ? i.__e : r.firstChild, u, o), E$1(f, r.__k, o), r.__k.props.children = null;
	}
	n$1 = { __e: function(n, t, r, u) {
		for (var i, o, e; t = t.__;) if ((i = t.__c) && !(1 & i.__g)) {
			i.__g |= 4;
			try {
				if ((e = (o = i.constructor) && o.getDerivedStateFromError) && i.setState(o.getDerivedStateFromError(n)), i.componentDidCatch && (i.componentDidCatch(n, u || {}), e = 1), e && 8 & i.__g) return void (i.__g |= 2);
			} catch (t) {
				n = t;
			}
		}
		throw f$3 = 0, n;
	} }, t$2 = 0, r$2 = function(n) {
		return null != n && n.constructor === h$3;
	}, x$2.prototype.setState = function(n, t) {
		var r = this.__s;
		r && r != this.state || (r = this.__s = _$2({}, this.state)), "function" == typeof n && (n = n(_$2({}, r), this.props)), n && (_$2(r, n), this.__v && (t && this.__k.push(t), L(this)));
	}, x$2.prototype.forceUpdate = function(n) {
		this.__v && (this.__g |= 4, n && this.__h.push(n), L(this));
	}, x$2.prototype.render = $, u$3 = [], f$3 = 0, o$3 = function(n, t) {
		return n.__v.__b - t.__v.__b;
	}, e$2 = Symbol(), l$2 = /(PointerCapture)$|Capture$/i, c$2 = 0, a$3 = {}, s$2 = 0;

// node_modules/preact/hooks/dist/hooks.mjs
	var t$1;
	var r$1;
	var u$2;
	var i$1;
	var o$2 = Object.is;
	var f$2 = 0;
	var c$1 = [];
	var e$1 = [];
	var a$2 = n$1;
	var v$1 = a$2.__b;
	var l$1 = a$2.__r;
	var m$2 = a$2.diffed;
	var h$2 = a$2.__c;
	var s$1 = a$2.unmount;
	var p$2 = a$2.__;
	function y$2(n, t) {
		a$2.__h && a$2.__h(r$1, n, f$2 || t), f$2 = 0;
		var u = r$1.__H || (r$1.__H = {
			__: [],
			__h: []
		});
		return n >= u.__.length && u.__.push({}), u.__[n];
	}
	function A$1(n, u) {
		var i = y$2(t$1++, 3);
		!a$2.__s && E(i.__H, u) && (i.__P = !0, i.__ = n, i.u = u, r$1.__H.__h.push(i));
	}
	function F$1(n, u) {
		var i = y$2(t$1++, 4);
		!a$2.__s && E(i.__H, u) && (i.__P = !1, i.__ = n, i.u = u, r$1.__h.push(i));
	}
	function T$1(n) {
		return f$2 = 5, w$2(function() {
			return { current: n };
		}, []);
	}
	function w$2(n, r) {
		var u = y$2(t$1++, 7);
		return E(u.__H, r) && (u.__ = n(), u.__H = r), u.__;
	}
	function g$2() {
		var n;
		do {
			for (; n = e$1.shift();) try {
				C(n);
			} catch (t) {
				a$2.__e(t, { __: (n = n.__P) && n.__v });
			}
			for (; n = c$1.shift();) {
				var t = n.__H;
				if (n.__P && t) try {
					t.__h.some(C), t.__h.some(D), t.__h = [];
				} catch (r) {
					t.__h = [], a$2.__e(r, n.__v);
				}
			}
		} while (e$1.length);
	}
	a$2.__b = function(n) {
		r$1 = null, v$1 && v$1(n);
	}, a$2.__ = function(n, t) {
		n && t.__k && t.__k.__m && (n.__m = t.__k.__m), p$2 && p$2(n, t);
	}, a$2.__r = function(n) {
		l$1 && l$1(n), t$1 = 0;
		var i = (r$1 = n.__c).__H;
		i && (u$2 == r$1 ? r$1.__h = [] : (i.__h.some(C), i.__h.some(D), t$1 = 0), i.__h = [], i.__.some(function(n) {
			n.__N && (n.__ = n.__N), n.u = n.__N = void 0;
		})), u$2 = r$1;
	}, a$2.diffed = function(n) {
		m$2 && m$2(n);
		var t = n.__c;
		t && t.__H && (t.__H.__h.length && B(c$1.push(t)), t.__H.__.some(function(n) {
			n.u && (n.__H = n.u);
		})), u$2 = r$1 = null;
	}, a$2.__c = function(n, t) {
		t.some(function(n) {
			try {
				n.__h.some(C), n.__h = n.__h.filter(function(n) {
					return !n.__ || D(n);
				});
			} catch (t) {
				n.__h = [function() {
					throw t;
				}];
			}
		}), h$2 && h$2(n, t);
	}, a$2.unmount = function(n) {
		s$1 && s$1(n);
		var t, r, u = n.__c;
		u && u.__H && (u.__H.__.some(function(u) {
			try {
				if (u.__P && u.__c) {
					if (void 0 === r) {
						for (r = n.__; r && (!r.__c || !r.__c.__P);) r = r.__;
						r = r && r.__c;
					}
					u.__P = r, B(e$1.push(u));
				} else C(u);
			} catch (n) {
				t = n;
			}
		}), u.__H = void 0, t && a$2.__e(t, u.__v));
	};
	var k$1 = "function" == typeof requestAnimationFrame;
	function z(n) {
		var t, r = function() {
			clearTimeout(u), k$1 && cancelAnimationFrame(t), setTimeout(n);
		}, u = setTimeout(r, 35);
		k$1 && (t = requestAnimationFrame(r));
	}
	function B(n) {
		1 != n && i$1 == a$2.requestAnimationFrame || ((i$1 = a$2.requestAnimationFrame) || z)(g$2);
	}
	function C(n) {
		var t = r$1, u = n.__c;
		"function" == typeof u && (n.__c = void 0, u()), r$1 = t;
	}
	function D(n) {
		var t = r$1;
		n.__c = n.__(), r$1 = t;
	}
	function E(n, t) {
		return !n || n.length != t.length || t.some(function(t, r) {
			return !o$2(t, n[r]);
		});
	}

// node_modules/@preact/signals-core/dist/signals-core.module.js
	var i = Symbol.for("preact-signals");
	function t() {
		if (!(v > 1)) {
			var i, t = !1;
			(function() {
				var i = c;
				c = void 0;
				while (void 0 !== i) {
					var t = i.S;
					if (t.v === i.v) {
						for (var r = t.t; void 0 !== r; r = r.x) if (r.i === i.i) r.i = t.i;
					}
					i = i.o;
				}
			})();
			while (void 0 !== h$1) {
				var r = h$1;
				h$1 = void 0;
				s++;
				while (void 0 !== r) {
					var n = r.u;
					r.u = void 0;
					r.f &= -3;
					if (!(8 & r.f) && w$1(r)) try {
						r.c();
					} catch (r) {
						if (!t) {
							i = r;
							t = !0;
						}
					}
					r = n;
				}
			}
			s = 0;
			v--;
			if (t) throw i;
		} else v--;
	}
	function r(i) {
		if (v > 0) return i();
		u$1 = ++e;
		v++;
		try {
			return i();
		} finally {
			t();
		}
	}
	var n;
	var o$1 = void 0;
	function f$1(i) {
		var t = o$1, r = n;
		o$1 = void 0;
		n = void 0;
		try {
			return i();
		} finally {
			o$1 = t;
			n = r;
		}
	}
	var h$1 = void 0;
	var v = 0;
	var s = 0;
	var e = 0;
	var u$1 = 0;
	var c = void 0;
	var a$1 = 0;
	function d$1(i) {
		if (void 0 !== o$1) {
			var t = i.n;
			if (void 0 === t || t.t !== o$1) {
				t = {
					i: 0,
					S: i,
					p: o$1.s,
					n: void 0,
					t: o$1,
					e: void 0,
					x: void 0,
					r: t
				};
				if (void 0 !== o$1.s) o$1.s.n = t;
				o$1.s = t;
				i.n = t;
				if (32 & o$1.f) i.S(t);
				return t;
			} else if (-1 === t.i) {
				t.i = 0;
				if (void 0 !== t.n) {
					t.n.p = t.p;
					if (void 0 !== t.p) t.p.n = t.n;
					t.p = o$1.s;
					t.n = void 0;
					o$1.s.n = t;
					o$1.s = t;
				}
				return t;
			}
		}
	}
	function l(i, t) {
		this.v = i;
		this.i = 0;
		this.n = void 0;
		this.t = void 0;
		this.l = 0;
		this.W = null == t ? void 0 : t.watched;
		this.Z = null == t ? void 0 : t.unwatched;
		this.name = null == t ? void 0 : t.name;
	}
	l.prototype.brand = i;
	l.prototype.h = function() {
		return !0;
	};
	l.prototype.S = function(i) {
		var t = this, r = this.t;
		if (r !== i && void 0 === i.e) {
			i.x = r;
			this.t = i;
			if (void 0 !== r) r.e = i;
			else f$1(function() {
				var i;
				null == (i = t.W) || i.call(t);
			});
		}
	};
	l.prototype.U = function(i) {
		var t = this;
		if (void 0 !== this.t) {
			var r = i.e, n = i.x;
			if (void 0 !== r) {
				r.x = n;
				i.e = void 0;
			}
			if (void 0 !== n) {
				n.e = r;
				i.x = void 0;
			}
			if (i === this.t) {
				this.t = n;
				if (void 0 === n) f$1(function() {
					var i;
					null == (i = t.Z) || i.call(t);
				});
			}
		}
	};
	l.prototype.subscribe = function(i) {
		var t = this;
		return x$1(function() {
			var r = t.value;
			f$1(function() {
				return i(r);
			});
		}, { name: "sub" });
	};
	l.prototype.valueOf = function() {
		return this.value;
	};
	l.prototype.toString = function() {
		return this.value + "";
	};
	l.prototype.toJSON = function() {
		return this.value;
	};
	l.prototype.peek = function() {
		var i = this;
		return f$1(function() {
			return i.value;
		});
	};
	Object.defineProperty(l.prototype, "value", {
		get: function() {
			var i = d$1(this);
			if (void 0 !== i) i.i = this.i;
			return this.v;
		},
		set: function(i) {
			if (i !== this.v) {
				if (s > 100) throw new Error("Cycle detected");
				(function(i) {
					if (0 !== v && 0 === s) {
						if (i.l !== u$1) {
							i.l = u$1;
							c = {
								S: i,
								v: i.v,
								i: i.i,
								o: c
							};
						}
					}
				})(this);
				this.v = i;
				this.i++;
				a$1++;
				v++;
				try {
					for (var r = this.t; void 0 !== r; r = r.x) r.t.N();
				} finally {
					t();
				}
			}
		}
	});
	function y$1(i, t) {
		return new l(i, t);
	}
	function w$1(i) {
		for (var t = i.s; void 0 !== t; t = t.n) if (t.S.i !== t.i || !t.S.h() || t.S.i !== t.i) return !0;
		return !1;
	}
	function b$1(i) {
		for (var t = i.s; void 0 !== t; t = t.n) {
			var r = t.S.n;
			if (void 0 !== r) t.r = r;
			t.S.n = t;
			t.i = -1;
			if (void 0 === t.n) {
				i.s = t;
				break;
			}
		}
	}
	function _$1(i) {
		var t = i.s, r = void 0;
		while (void 0 !== t) {
			var n = t.p;
			if (-1 === t.i) {
				t.S.U(t);
				if (void 0 !== n) n.n = t.n;
				if (void 0 !== t.n) t.n.p = n;
			} else r = t;
			t.S.n = t.r;
			if (void 0 !== t.r) t.r = void 0;
			t = n;
		}
		i.s = r;
	}
	function j(i, t) {
		l.call(this, void 0, t);
		this.x = i;
		this.s = void 0;
		this.g = a$1 - 1;
		this.f = 4;
	}
	j.prototype = new l();
	j.prototype.h = function() {
		this.f &= -3;
		if (1 & this.f) return !1;
		if (32 == (36 & this.f)) return !0;
		this.f &= -5;
		if (this.g === a$1) return !0;
		this.g = a$1;
		this.f |= 1;
		if (this.i > 0 && !w$1(this)) {
			this.f &= -2;
			return !0;
		}
		var i = o$1;
		try {
			b$1(this);
			o$1 = this;
			var t = this.x();
			if (16 & this.f || this.v !== t || 0 === this.i) {
				this.v = t;
				this.f &= -17;
				this.i++;
			}
		} catch (i) {
			this.v = i;
			this.f |= 16;
			this.i++;
		}
		o$1 = i;
		_$1(this);
		this.f &= -2;
		return !0;
	};
	j.prototype.S = function(i) {
		if (void 0 === this.t) {
			this.f |= 36;
			for (var t = this.s; void 0 !== t; t = t.n) t.S.S(t);
		}
		l.prototype.S.call(this, i);
	};
	j.prototype.U = function(i) {
		if (void 0 !== this.t) {
			l.prototype.U.call(this, i);
			if (void 0 === this.t) {
				this.f &= -33;
				for (var t = this.s; void 0 !== t; t = t.n) t.S.U(t);
			}
		}
	};
	j.prototype.N = function() {
		if (!(2 & this.f)) {
			this.f |= 6;
			for (var i = this.t; void 0 !== i; i = i.x) i.t.N();
		}
	};
	Object.defineProperty(j.prototype, "value", { get: function() {
		if (1 & this.f) throw new Error("Cycle detected");
		var i = d$1(this);
		this.h();
		if (void 0 !== i) i.i = this.i;
		if (16 & this.f) throw this.v;
		return this.v;
	} });
	function O(i, t) {
		return new j(i, t);
	}
	function p$1(i) {
		var r = i.j;
		i.j = void 0;
		if ("function" == typeof r) {
			v++;
			var n = o$1;
			o$1 = void 0;
			try {
				r();
			} catch (t) {
				i.f &= -2;
				i.f |= 8;
				g$1(i);
				throw t;
			} finally {
				o$1 = n;
				t();
			}
		}
	}
	function g$1(i) {
		for (var t = i.s; void 0 !== t; t = t.n) t.S.U(t);
		i.x = void 0;
		i.s = void 0;
		p$1(i);
	}
	function S(i) {
		if (o$1 !== this) throw new Error("Out-of-order effect");
		_$1(this);
		o$1 = i;
		this.f &= -2;
		try {
			if (8 & this.f) g$1(this);
		} finally {
			t();
		}
	}
	function m$1(i, t) {
		this.x = i;
		this.j = void 0;
		this.s = void 0;
		this.u = void 0;
		this.f = 32;
		this.name = null == t ? void 0 : t.name;
		if (n) n.push(this);
	}
	m$1.prototype.c = function() {
		var i = this.S();
		try {
			if (8 & this.f) return;
			if (void 0 === this.x) return;
			var t = this.x();
			if ("function" == typeof t) this.j = t;
		} finally {
			i();
		}
	};
	m$1.prototype.S = function() {
		if (1 & this.f) throw new Error("Cycle detected");
		this.f |= 1;
		this.f &= -9;
		p$1(this);
		b$1(this);
		v++;
		var i = o$1;
		o$1 = this;
		return S.bind(this, i);
	};
	m$1.prototype.N = function() {
		if (!(2 & this.f)) {
			this.f |= 2;
			this.u = h$1;
			h$1 = this;
		}
	};
	m$1.prototype.d = function() {
		this.f |= 8;
		if (!(1 & this.f)) g$1(this);
	};
	m$1.prototype.dispose = function() {
		this.d();
	};
	function x$1(i, t) {
		var r = new m$1(i, t);
		try {
			r.c();
		} catch (i) {
			r.d();
			throw i;
		}
		var n = r.d.bind(r);
		n[Symbol.dispose] = n;
		return n;
	}

// node_modules/@preact/signals/dist/signals.module.js
	var h;
	var d;
	var p;
	var m = "undefined" != typeof window && !!window.__PREACT_SIGNALS_DEVTOOLS__;
	var _ = [];
	var g = [];
	x$1(function() {
		h = this.N;
	})();
	function b(i, n) {
		n$1[i] = n.bind(null, n$1[i] || function() {});
	}
	function y(i) {
		if (p) {
			var n = p;
			p = void 0;
			n();
		}
		p = i && i.S();
	}
	function w(i) {
		var n = this, r = i.data, t = useSignal(r);
		t.name = "ReactiveDom";
		t.value = r;
		var e = w$2(function() {
			var i = n, r = n.__v;
			while (r = r.__) if (r.__c) {
				r.__c.__$f |= 4;
				break;
			}
			var o = O(function() {
				var i = t.value.value;
				return 0 === i ? 0 : !0 === i ? "" : i || "";
			}), e = O(function() {
				return !Array.isArray(o.value) && !r$2(o.value);
			}), u = x$1(function() {
				this.N = M;
				if (e.value) {
					var n = o.value;
					if (i.__v && i.__v.__e && 3 === i.__v.__e.nodeType) i.__v.__e.data = n;
				}
			}), c = n.__$u.d;
			n.__$u.d = function() {
				u();
				c.call(this);
			};
			return [e, o];
		}, []), u = e[0], c = e[1];
		return u.value ? c.peek() : c.value;
	}
	w.displayName = "ReactiveTextNode";
	Object.defineProperties(l.prototype, {
		constructor: {
			configurable: !0,
			value: k$2($, null).constructor
		},
		type: {
			configurable: !0,
			value: w
		},
		props: {
			configurable: !0,
			get: function() {
				var i = this;
				return { data: { get value() {
					return i.value;
				} } };
			}
		},
		__b: {
			configurable: !0,
			value: 1
		}
	});
	b("__b", function(i, n) {
		y();
		d = void 0;
		if ("string" == typeof n.type) {
			var r, t = n.props;
			for (var f in t) if ("children" !== f) {
				var o = t[f];
				if (o instanceof l) {
					if (!r) n.__np = r = {};
					r[f] = o;
					t[f] = o.peek();
				}
			}
		}
		i(n);
	});
	b("__r", function(i, r) {
		i(r);
		if (r.type !== $) {
			y();
			var t, f = r.__c;
			if (f) {
				f.__$f &= -2;
				if (void 0 === (t = f.__$u)) f.__$u = t = function(i, n) {
					var r;
					x$1(function() {
						r = this;
					}, { name: n });
					r.c = i;
					return r;
				}(function(i) {
					return function() {
						var n;
						if (m) null == (n = this.y) || n.call(this);
						i.__$f |= 1;
						i.setState({});
					};
				}(f), "function" == typeof r.type ? r.type.displayName || r.type.name : "");
			}
			d = f;
			y(t);
		}
	});
	b("__e", function(i, n, r, t) {
		y();
		d = void 0;
		i(n, r, t);
	});
	b("diffed", function(i, n) {
		y();
		d = void 0;
		var r;
		if ("string" == typeof n.type && (r = n.__e)) {
			var t = n.__np, f = n.props, o = r.U;
			if (o) for (var e in o) {
				var u = o[e];
				if (!(void 0 === u || t && e in t)) {
					u.d();
					o[e] = void 0;
				}
			}
			if (t) {
				if (!o) {
					o = {};
					r.U = o;
				}
				for (var a in t) {
					var c = o[a], v = t[a];
					if (void 0 === c) {
						c = k(r, a, v, f);
						o[a] = c;
					} else c.o(v, f);
				}
			}
		}
		i(n);
	});
	function k(i, n, r, t) {
		var f = n in i && void 0 === i.ownerSVGElement, o = y$1(r);
		return {
			o: function(i, n) {
				o.value = i;
				t = n;
			},
			d: x$1(function() {
				this.N = M;
				var r = o.value.value;
				if (t[n] !== r) {
					t[n] = r;
					if (f) i[n] = r;
					else if (null != r && (!1 !== r || "-" === n[4])) i.setAttribute(n, r);
					else i.removeAttribute(n);
				}
			})
		};
	}
	b("unmount", function(i, n) {
		if ("string" == typeof n.type) {
			var r = n.__e;
			if (r) {
				var t = r.U;
				if (t) {
					r.U = void 0;
					for (var f in t) {
						var o = t[f];
						if (o) o.d();
					}
				}
			}
			var e = n.__np;
			if (e) {
				var u = n.props;
				for (var a in e) u[a] = e[a];
			}
			n.__np = void 0;
		} else {
			var c = n.__c;
			if (c) {
				c.__$f |= 8;
				var v = c.__$u;
				if (v) {
					c.__$u = void 0;
					v.d();
				}
			}
		}
		i(n);
	});
	b("__h", function(i, n, r, t) {
		if (t < 3) n.__$f |= 2;
		i(n, r, t);
	});
	x$2.prototype.shouldComponentUpdate = function(i, n) {
		if (this.__R) return !0;
		var r = this.__$u, t = r && void 0 !== r.s;
		for (var f in n) return !0;
		if (this.__f || "boolean" == typeof this.u && !0 === this.u) {
			var o = 2 & this.__$f;
			if (!(t || o || 4 & this.__$f)) return !0;
			if (1 & this.__$f) return !0;
		} else {
			if (!(t || 4 & this.__$f)) return !0;
			if (3 & this.__$f) return !0;
		}
		for (var e in i) if ("__source" !== e && i[e] !== this.props[e]) return !0;
		for (var u in this.props) if (!(u in i)) return !0;
		return !1;
	};
	function useSignal(i, n) {
		return w$2(function() {
			return y$1(i, n);
		}, []);
	}
	var q = "undefined" == typeof requestAnimationFrame ? setTimeout : function(i) {
		var n = function() {
			clearTimeout(r);
			cancelAnimationFrame(t);
			i();
		}, r = setTimeout(n, 35), t = requestAnimationFrame(n);
	};
	var A = function(i) {
		queueMicrotask(function() {
			queueMicrotask(i);
		});
	};
	function T() {
		r(function() {
			var i;
			while (i = _.shift()) h.call(i);
		});
	}
	function x() {
		if (1 === _.push(this)) (n$1.requestAnimationFrame || q)(T);
	}
	function F() {
		r(function() {
			var i;
			while (i = g.shift()) h.call(i);
		});
	}
	function M() {
		if (1 === g.push(this)) (n$1.requestAnimationFrame || A)(F);
	}
	function useSignalEffect(i, n) {
		var r = T$1(i);
		r.current = i;
		var t = d;
		A$1(function() {
			return x$1(function() {
				this.N = x;
				if (!(t && 8 & t.__$f)) return r.current();
			}, n);
		}, []);
	}

// src/preview/app/focus.ts
	function focusNext(selector) {
		queueMicrotask(() => document.querySelector(selector)?.focus());
	}

// node_modules/preact/jsx-runtime/dist/jsxRuntime.mjs
	var f = Symbol.for("pv");
	var o = 0;
	var u = Array.isArray;
	function a(t, e, n, u, a, i) {
		e || (e = {});
		var c, l, p = e;
		if ("ref" in p && "function" != typeof t) for (l in p = {}, e) "ref" == l ? c = e[l] : p[l] = e[l];
		var s = {
			type: t,
			props: p,
			key: n,
			ref: c,
			__k: null,
			__: null,
			__b: 0,
			__e: null,
			__c: null,
			constructor: f,
			__v: --o,
			__i: -1,
			__u: 0
		};
		return (a || i) && (s.__source = a, s.__self = i), n$1.vnode && n$1.vnode(s), s;
	}

// src/preview/app/icons.tsx
	const states$1 = {
		live: "M3.5 8.5l3 3 6-7",
		waiting: "M8 4.5V8l2.5 1.5M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z",
		held: "M5.8 4v8M10.2 4v8",
		new: "M8 3v10M3 8h10",
		changed: "M2.5 9.5c1.5-3 3.5-3 5.5-1.5s4 1.5 5.5-1.5",
		drifted: "M3 5h8.5l-2.5-2.5M13 11H4.5L7 13.5",
		error: "M4 4l8 8M12 4l-8 8",
		off: "M4.5 8h7",
		rendering: "M4 8h.01M8 8h.01M12 8h.01",
		"by-hand": "M11.2 2.6l2.2 2.2-7.6 7.6-3 .8.8-3z"
	};
	function StateIcon({ state }) {
		return /* @__PURE__ */ a(Icon, { path: states$1[state] });
	}
	const signs = {
		back: "M10 3L5 8l5 5",
		next: "M6 3l5 5-5 5",
		out: "M6.5 3.5H3.5v9h9V9.5M9.5 3h3.5v3.5M13 3L7.5 8.5",
		copy: "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z",
		done: "M3.5 8.5l3 3 6-7",
		sun: "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M3.4 12.6l1-1M11.6 4.4l1-1",
		moon: "M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5z",
		auto: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 2v12M10 3.2v9.6M12 5v6",
		clock: "M8 4.5V8l2.5 1.5M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8z",
		error: "M8 1.8l6.4 11.4H1.6zM8 6.5v3M8 11.2v.3",
		warning: "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM8 4.8v4M8 10.9v.3",
		edit: "M11.2 2.6l2.2 2.2-7.6 7.6-3 .8.8-3z",
		again: "M13 8a5 5 0 1 1-1.6-3.7M13.2 2v3h-3",
		search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3L14 14"
	};
	function Sign({ name }) {
		return /* @__PURE__ */ a(Icon, { path: signs[name] });
	}
	function Icon({ path }) {
		return /* @__PURE__ */ a("svg", {
			class: "icon",
			viewBox: "0 0 16 16",
			"aria-hidden": "true",
			children: /* @__PURE__ */ a("path", { d: path })
		});
	}

// src/preview/app/route.ts
	function readRoute(hash) {
		const [page, first, second] = hash.replace(/^#?\/?/, "").replace(/\?.*/s, "").split("/").map(decode);
		if (page === "posts" && first !== void 0 && first !== "") return {
			page: "post",
			name: first,
			tab: second ?? ""
		};
		if (page === "calendar") return {
			page,
			span: first === "week" ? "week" : "month",
			day: /^\d{4}-\d\d-\d\d$/.exec(second ?? "")?.[0] ?? ""
		};
		return page === "rules" || page === "letters" ? { page } : { page: "posts" };
	}
	function linkTo(route) {
		if (route.page === "post") return `#/posts/${encodeURIComponent(route.name)}${route.tab === "" ? "" : `/${encodeURIComponent(route.tab)}`}`;
		if (route.page === "calendar") return `#/calendar/${route.span}${route.day === "" ? "" : `/${route.day}`}`;
		return route.page === "rules" || route.page === "letters" ? `#/${route.page}` : "#/";
	}
	function decode(text) {
		try {
			return decodeURIComponent(text);
		} catch {
			return text;
		}
	}
	const route = y$1(readRoute(location.hash));
	function go(to) {
		location.hash = linkTo(to);
		show(to);
	}
	function rename(to) {
		history.replaceState(null, "", linkTo(to));
		route.value = to;
	}
	window.addEventListener("hashchange", () => show(readRoute(location.hash)));
	function show(to) {
		const last = route.value;
		if (linkTo(last) === linkTo(to)) return;
		route.value = to;
		if (linkTo({
			...last,
			tab: ""
		}) !== linkTo({
			...to,
			tab: ""
		})) window.scrollTo(0, 0);
	}

// src/preview/app/times.ts
	const day = new Intl.DateTimeFormat("en-GB", {
		day: "numeric",
		month: "short",
		timeZone: "UTC"
	});
	const dayAndYear = new Intl.DateTimeFormat("en-GB", {
		dateStyle: "medium",
		timeZone: "UTC"
	});
	const wholeDay = new Intl.DateTimeFormat("en-GB", {
		dateStyle: "full",
		timeZone: "UTC"
	});
	const month = new Intl.DateTimeFormat("en-GB", {
		month: "long",
		year: "numeric",
		timeZone: "UTC"
	});
	function toDate(local) {
		return /* @__PURE__ */ new Date(`${local.slice(0, 10)}T00:00:00Z`);
	}
	function showDay(local, now) {
		return (local.slice(0, 4) === now.slice(0, 4) ? day : dayAndYear).format(toDate(local));
	}
	function showTime(local, now) {
		const time = local.slice(11, 16);
		return time === "" || time === "00:00" ? showDay(local, now) : `${showDay(local, now)}, ${time}`;
	}
	function showWholeDay(local) {
		return wholeDay.format(toDate(local));
	}
	function showMonth(local) {
		return month.format(toDate(local));
	}
	function addDays(local, count) {
		const date = toDate(local);
		date.setUTCDate(date.getUTCDate() + count);
		return date.toISOString().slice(0, 10);
	}
	function addMonths(local, count) {
		const date = toDate(local);
		date.setUTCDate(1);
		date.setUTCMonth(date.getUTCMonth() + count);
		return date.toISOString().slice(0, 10);
	}
	function findMonday(local) {
		return addDays(local, -((toDate(local).getUTCDay() + 6) % 7));
	}
	function listMonthDays(local) {
		const first = `${local.slice(0, 7)}-01`;
		const from = findMonday(first);
		const after = addMonths(first, 1);
		const weeks = Math.ceil((toDate(after).getTime() - toDate(from).getTime()) / 6048e5);
		return Array.from({ length: weeks * 7 }, (_, index) => addDays(from, index));
	}
	function toInstant(local, timezone) {
		const wanted = Date.parse(`${local.slice(0, 16)}:00Z`);
		const format = new Intl.DateTimeFormat("sv-SE", {
			dateStyle: "short",
			timeStyle: "short",
			timeZone: timezone
		});
		const offsetAt = (instant) => Date.parse(`${format.format(instant).replace(" ", "T")}:00Z`) - instant;
		const tries = [wanted - 864e5, wanted + 864e5].map((near) => wanted - offsetAt(near));
		const found = tries.find((instant) => instant + offsetAt(instant) === wanted) ?? tries[0] ?? wanted;
		return new Date(found).toISOString();
	}

// src/preview/app/calendar/days.ts
	function groupByDay(entries) {
		return Map.groupBy(entries, ({ local }) => local.slice(0, 10));
	}
	const hues = [
		255,
		145,
		25,
		325,
		195,
		85,
		285,
		55
	];
	function listHues(entries) {
		const names = new Set(entries.flatMap(({ series }) => series ?? []));
		return new Map([...names].toSorted().map((name, index) => [name, hues[index % hues.length] ?? 0]));
	}

// src/preview/app/data.ts
	const isFromFiles = document.documentElement.dataset["from"] === "files";
	const waiting = /* @__PURE__ */ new Map();
	window.takeBroadsideData = (name, value) => {
		waiting.get(name)?.(value);
		waiting.delete(name);
	};
	function loadOverview(at) {
		return load("overview", at === void 0 ? {} : { at });
	}
	function loadPost(path, at) {
		return load(path, at === void 0 ? {} : { at });
	}
	function askRemote(post, target) {
		return load("remote", {
			post,
			target
		});
	}
	function recordCopy(made) {
		return postJson("record", made);
	}
	function lookAtLedger(token) {
		return postJson("ledger", { token });
	}
	async function postJson(path, posted) {
		const response = await fetch(path, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify(posted)
		});
		if (!response.ok) throw new Error("The server refused this. Load the page again.");
		return await response.json();
	}
	function load(name, query) {
		return isFromFiles ? readScript(name) : fetchJson(name, query);
	}
	async function fetchJson(name, query) {
		const words = new URLSearchParams(query).toString();
		const response = await fetch(`data/${name}.json${words === "" ? "" : `?${words}`}`);
		if (!response.ok) throw new Error(`The preview has no ${name}: ${response.status}.`);
		return await response.json();
	}
	function readScript(name) {
		return new Promise((resolve, reject) => {
			waiting.set(name, resolve);
			const script = document.createElement("script");
			script.src = `data/${name}.js`;
			script.addEventListener("load", () => script.remove());
			script.addEventListener("error", () => reject(/* @__PURE__ */ new Error(`The file data/${name}.js is missing.`)));
			document.head.append(script);
		});
	}
	function followChanges(tell) {
		const events = new EventSource("events");
		let wasLost = false;
		events.addEventListener("message", ({ data }) => tell.change(JSON.parse(String(data))));
		events.addEventListener("open", () => {
			tell.connect(true);
			if (wasLost) tell.change({ overview: true });
			wasLost = false;
		});
		events.addEventListener("error", () => {
			wasLost = true;
			tell.connect(false);
		});
	}

// src/preview/app/state.ts
	const overview = y$1(void 0);
	const views = y$1(/* @__PURE__ */ new Map());
	const failure = y$1(void 0);
	const isConnected = y$1(true);
	const movedTo = y$1(void 0);
	const targets = O(() => new Map([...overview.value?.targets ?? [], ...overview.value?.mailing ?? []].map((target) => [target.name, target])));
	const lines = O(() => new Map(allLines().map((line) => [line.id, line])));
	function allLines() {
		const { posts, letters } = overview.value ?? {
			posts: [],
			letters: []
		};
		return [...posts, ...letters];
	}
	function isLetter(line) {
		return "subject" in line;
	}
	function findLine(name) {
		return allLines().find(({ id, data }) => data === `posts/${name}` || id === name);
	}
	function placeOf(id, tab = "") {
		return {
			page: "post",
			name: (lines.value.get(id)?.data)?.replace(/^posts\//, "") ?? id,
			tab
		};
	}
	let asked$1 = 0;
	async function readOverview() {
		asked$1 += 1;
		const own = asked$1;
		try {
			const read = await loadOverview(movedTo.value);
			if (own !== asked$1) return;
			overview.value = read;
			failure.value = void 0;
		} catch (error) {
			if (own === asked$1) failure.value = describe(error);
		}
	}
	async function readPost(id) {
		const data = lines.value.get(id)?.data;
		if (data === void 0) return;
		const at = movedTo.value;
		try {
			const view = await loadPost(data, at);
			if (at === movedTo.value) views.value = new Map([...views.value, [id, view]]);
		} catch (error) {
			failure.value = describe(error);
		}
	}
	async function moveClock(at) {
		movedTo.value = at;
		await readOverview();
		await Promise.all([...views.value.keys()].map(readPost));
	}
	function keepCurrent(listShown) {
		if (isFromFiles) return;
		followChanges({
			connect: (isOpen) => {
				isConnected.value = isOpen;
			},
			change: ({ changed }) => {
				const shown = listShown();
				const stale = [...views.value.keys()].filter((id) => changed?.includes(id) ?? true);
				const left = new Set(stale.filter((id) => !shown.includes(id)));
				if (left.size > 0) views.value = new Map([...views.value].filter(([id]) => !left.has(id)));
				Promise.all([readOverview(), ...stale.filter((id) => shown.includes(id)).map(readPost)]);
			}
		});
	}
	function describe(error) {
		return error instanceof Error ? error.message : String(error);
	}

// src/preview/app/words.ts
	const stateWords = [
		"error",
		"held",
		"drifted",
		"by-hand",
		"changed",
		"new",
		"rendering",
		"waiting",
		"live",
		"off"
	];
	function nameState(word) {
		return word === "by-hand" ? "by hand" : word;
	}
	function describeState({ state, reason, local }, now) {
		const time = local === void 0 ? void 0 : showTime(local, now);
		const own = shortenReason(reason);
		if (state === "live") return time ?? "";
		if (state === "waiting") return time ?? own;
		if (state === "new" || state === "rendering") return "";
		return state === "by-hand" && time !== void 0 ? `since ${time}` : own;
	}
	function shortenReason(reason) {
		return reason.replace(/^held: /, "").replace(/^(?:changed|unsupported|drifted|scheduled)(?:: |, |$)/, "");
	}
	function tellState(copy, now) {
		const time = copy.local === void 0 ? [] : [showTime(copy.local, now)];
		const own = shortenReason(copy.reason);
		const reason = own === "" || own === nameState(copy.state) ? [] : [own];
		return [
			nameState(copy.state),
			...reason,
			...time
		].join(", ");
	}
	function tellEntry({ what, target, reason }) {
		const own = target === void 0 || reason === "unchanged" || reason === "new" ? "" : shortenReason(reason);
		if (own === "" || reason.startsWith("scheduled")) return nameEntry(what);
		if (what === "waiting") return `waits: ${own}`;
		if (what !== "out") return `${nameEntry(what)}: ${own}`;
		return reason.startsWith("changed") ? `went out, changed since: ${own}` : `went out, ${own}`;
	}
	const entries = {
		out: "went out",
		due: "goes out with the next publish",
		waiting: "goes out",
		held: "is held",
		"by-hand": "is to be made by hand"
	};
	function nameEntry(what) {
		return entries[what];
	}
	function count(number, one, many = `${one}s`) {
		return `${number} ${number === 1 ? one : many}`;
	}

// src/preview/app/calendar/entry.tsx
	const states = {
		out: "live",
		due: "new",
		waiting: "waiting",
		held: "held",
		"by-hand": "by-hand"
	};
	function EntryLine({ entry, hues }) {
		const { post, title, target, what, local, series } = entry;
		const hue = series === void 0 ? void 0 : hues.get(series);
		return /* @__PURE__ */ a("a", {
			class: `entry ${what}${hue === void 0 ? "" : " has-hue"}`,
			style: hue === void 0 ? void 0 : { "--hue": hue },
			href: linkTo(placeOf(post, target)),
			title: `${local.slice(11, 16)} ${target ?? "original"}: ${title}, ${nameEntry(what)}`,
			children: [
				/* @__PURE__ */ a(StateIcon, { state: states[what] }),
				/* @__PURE__ */ a("span", {
					class: "where",
					children: target ?? "original"
				}),
				" ",
				/* @__PURE__ */ a("span", {
					class: "title",
					dir: "auto",
					children: title
				}),
				/* @__PURE__ */ a("span", {
					class: "unseen",
					children: [", ", nameEntry(what)]
				})
			]
		});
	}
	function EntryNote({ entry, hues }) {
		const { post, title, target, what, local, series } = entry;
		const hue = series === void 0 ? void 0 : hues.get(series);
		return /* @__PURE__ */ a("div", {
			class: `entry-note ${what}${hue === void 0 ? "" : " has-hue"}`,
			style: hue === void 0 ? void 0 : { "--hue": hue },
			children: [/* @__PURE__ */ a("time", {
				dateTime: entry.at,
				children: local.slice(11, 16)
			}), /* @__PURE__ */ a("div", { children: [/* @__PURE__ */ a("a", {
				href: linkTo(placeOf(post, target)),
				dir: "auto",
				children: title
			}), /* @__PURE__ */ a("p", { children: [
				/* @__PURE__ */ a("span", {
					class: `state ${states[what]}`,
					children: [/* @__PURE__ */ a(StateIcon, { state: states[what] }), target ?? "original"]
				}),
				" ",
				tellEntry(entry)
			] })] })]
		});
	}

// src/preview/app/calendar/page.tsx
	const weekdays = [
		"Monday",
		"Tuesday",
		"Wednesday",
		"Thursday",
		"Friday",
		"Saturday",
		"Sunday"
	];
	function CalendarPage({ span, day, all }) {
		const today = all.local.slice(0, 10);
		const shown = day === "" ? today : day;
		const days = groupByDay(all.calendar);
		const hues = listHues(all.calendar);
		const own = span === "month" ? listMonthDays(shown) : Array.from({ length: 7 }, (_, index) => addDays(findMonday(shown), index));
		const shift = (by) => span === "month" ? addMonths(shown, by) : addDays(shown, by * 7);
		const to = (next, how = span) => ({
			page: "calendar",
			span: how,
			day: next
		});
		const series = [...hues].filter(([name]) => own.some((one) => days.get(one)?.some((entry) => entry.series === name)));
		return /* @__PURE__ */ a("main", {
			class: "page calendar-page",
			id: "content",
			children: [
				/* @__PURE__ */ a("div", {
					class: "calendar-head",
					children: [
						/* @__PURE__ */ a("h1", { children: span === "month" ? showMonth(shown) : `${showDay(own[0] ?? shown, own[6] ?? shown)} to ${showDay(own[6] ?? shown, "")}` }),
						/* @__PURE__ */ a("div", {
							class: "steps",
							children: [
								/* @__PURE__ */ a("a", {
									class: "tool",
									href: linkTo(to(shift(-1))),
									"aria-label": `Previous ${span}`,
									children: /* @__PURE__ */ a(Sign, { name: "back" })
								}),
								/* @__PURE__ */ a("a", {
									class: "button",
									href: linkTo(to("")),
									children: "Today"
								}),
								/* @__PURE__ */ a("a", {
									class: "tool",
									href: linkTo(to(shift(1))),
									"aria-label": `Next ${span}`,
									children: /* @__PURE__ */ a(Sign, { name: "next" })
								})
							]
						}),
						/* @__PURE__ */ a("div", {
							class: "choices",
							role: "group",
							"aria-label": "How much is shown",
							children: ["month", "week"].map((how) => /* @__PURE__ */ a("button", {
								type: "button",
								class: "choice",
								"aria-pressed": how === span,
								onClick: () => go(to(shown, how)),
								children: how
							}, how))
						}),
						/* @__PURE__ */ a("p", {
							class: "detail",
							children: all.site.timezone
						})
					]
				}),
				series.length > 0 && /* @__PURE__ */ a("ul", {
					class: "series-key",
					"aria-label": "Series",
					children: series.map(([name, hue]) => /* @__PURE__ */ a("li", {
						style: { "--hue": hue },
						children: name
					}, name))
				}),
				span === "month" ? /* @__PURE__ */ a("div", {
					class: "month-and-day",
					children: [/* @__PURE__ */ a(Month, {
						own,
						shown,
						today,
						days,
						hues
					}), /* @__PURE__ */ a(Day, {
						day: shown,
						entries: days.get(shown) ?? [],
						hues,
						today
					})]
				}) : /* @__PURE__ */ a("div", {
					class: "week",
					children: own.map((one) => /* @__PURE__ */ a(Day, {
						day: one,
						entries: days.get(one) ?? [],
						hues,
						today
					}, one))
				})
			]
		});
	}
	const mostInDay = 3;
	function Month({ own, shown, today, days, hues }) {
		const weeks = own.filter((_, index) => index % 7 === 0).map((monday) => own.slice(own.indexOf(monday), own.indexOf(monday) + 7));
		return /* @__PURE__ */ a("table", {
			class: "month",
			children: [
				/* @__PURE__ */ a("caption", {
					class: "unseen",
					children: showMonth(shown)
				}),
				/* @__PURE__ */ a("thead", { children: /* @__PURE__ */ a("tr", { children: weekdays.map((name) => /* @__PURE__ */ a("th", {
					scope: "col",
					abbr: name,
					children: name.slice(0, 3)
				}, name)) }) }),
				/* @__PURE__ */ a("tbody", { children: weeks.map((week) => /* @__PURE__ */ a("tr", { children: week.map((day) => {
					const entries = days.get(day) ?? [];
					const isOther = day.slice(0, 7) !== shown.slice(0, 7);
					return /* @__PURE__ */ a("td", {
						class: [
							isOther && "is-other",
							day === today && "is-today",
							day === shown && "is-shown"
						].filter(Boolean).join(" "),
						children: [/* @__PURE__ */ a("a", {
							class: "day-number",
							href: linkTo({
								page: "calendar",
								span: "month",
								day
							}),
							"data-day": day,
							onKeyDown: moveByKeys,
							"aria-current": day === shown ? "date" : void 0,
							"aria-label": `${showWholeDay(day)}, ${entries.length} on it`,
							children: Number(day.slice(8))
						}), /* @__PURE__ */ a("div", {
							class: "entries",
							children: [entries.slice(0, mostInDay).map((entry) => /* @__PURE__ */ a(EntryLine, {
								entry,
								hues
							}, `${entry.target ?? ""} ${entry.post}`)), entries.length > mostInDay && /* @__PURE__ */ a("a", {
								class: "more",
								href: linkTo({
									page: "calendar",
									span: "month",
									day
								}),
								tabIndex: -1,
								children: [entries.length - mostInDay, " more"]
							})]
						})]
					}, day);
				}) }, week[0])) })
			]
		});
	}
	function moveByKeys(event) {
		const by = {
			ArrowLeft: -1,
			ArrowRight: 1,
			ArrowUp: -7,
			ArrowDown: 7
		}[event.key];
		const day = event.target instanceof HTMLElement ? event.target.dataset["day"] : void 0;
		if (by === void 0 || day === void 0) return;
		event.preventDefault();
		const next = addDays(day, by);
		go({
			page: "calendar",
			span: "month",
			day: next
		});
		focusNext(`[data-day="${next}"]`);
	}
	function Day({ day, entries, hues, today }) {
		return /* @__PURE__ */ a("section", {
			class: day === today ? "day is-today" : "day",
			children: [/* @__PURE__ */ a("h2", { children: showWholeDay(day) }), entries.length === 0 ? /* @__PURE__ */ a("p", {
				class: "nothing",
				children: "Nothing."
			}) : /* @__PURE__ */ a("ul", { children: entries.map((entry) => /* @__PURE__ */ a("li", { children: /* @__PURE__ */ a(EntryNote, {
				entry,
				hues
			}) }, `${entry.target ?? ""} ${entry.post}`)) })]
		});
	}

// src/preview/app/clock.tsx
	const opened = (/* @__PURE__ */ new Date()).toISOString();
	function Clock({ all }) {
		const box = T$1(null);
		const isMoved = all.at !== void 0;
		const time = showTime(all.local, opened);
		const zone = all.site.timezone;
		if (all.from === "files") return /* @__PURE__ */ a("p", {
			class: "clock",
			title: `In ${zone}`,
			children: [
				/* @__PURE__ */ a(Sign, { name: "clock" }),
				"as of ",
				time
			]
		});
		const move = (at) => {
			moveClock(at);
			if (box.current !== null) box.current.open = false;
		};
		return /* @__PURE__ */ a("details", {
			class: isMoved ? "clock is-moved" : "clock",
			ref: box,
			children: [/* @__PURE__ */ a("summary", { children: [/* @__PURE__ */ a(Sign, { name: "clock" }), isMoved ? `as if ${time}` : time] }), /* @__PURE__ */ a("form", {
				class: "popover",
				onSubmit: (event) => {
					event.preventDefault();
					const at = new FormData(event.currentTarget).get("at");
					move(typeof at === "string" && at !== "" ? toInstant(at, zone) : void 0);
				},
				children: [
					/* @__PURE__ */ a("label", {
						for: "clock-at",
						children: ["As if it were, in ", zone]
					}),
					/* @__PURE__ */ a("input", {
						id: "clock-at",
						name: "at",
						type: "datetime-local",
						defaultValue: all.local.slice(0, 16)
					}),
					/* @__PURE__ */ a("div", {
						class: "buttons",
						children: [/* @__PURE__ */ a("button", {
							type: "submit",
							class: "button primary",
							children: "Move the clock"
						}), isMoved && /* @__PURE__ */ a("button", {
							type: "button",
							class: "button",
							onClick: () => move(void 0),
							children: "Back to now"
						})]
					}),
					/* @__PURE__ */ a("p", {
						class: "hint",
						children: "States, calendar and copies are shown as they would be then."
					})
				]
			})]
		});
	}

// src/preview/app/keys.ts
	const isHelpOpen = y$1(false);
	const keyHelp = [
		["/", "search the posts"],
		["j  k", "next, previous"],
		["Enter", "open"],
		["1 … 9", "the original, the first copy, and so on"],
		["Esc", "back to the posts"],
		["g p", "posts"],
		["g l", "letters"],
		["g c", "calendar"],
		["g f", "what is wrong"],
		["?", "these keys"]
	];
	const shownIds = y$1([]);
	let isGoing = false;
	function followKeys() {
		document.addEventListener("keydown", (event) => {
			if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
			const wasGoing = isGoing;
			isGoing = event.key === "g";
			const does = wasGoing ? findPage(event.key) : findStep(event.key);
			if (does === void 0) return;
			event.preventDefault();
			does();
		});
	}
	function isTyping(target) {
		return target instanceof HTMLElement && target.closest("input, textarea, select, dialog, [contenteditable]") !== null;
	}
	function findPage(key) {
		if (key === "p") return () => go({ page: "posts" });
		if (key === "f") return () => go({ page: "rules" });
		if (key === "l" && (overview.value?.letters.length ?? 0) > 0) return () => go({ page: "letters" });
		return key === "c" ? () => go({
			page: "calendar",
			span: "month",
			day: ""
		}) : void 0;
	}
	function findStep(key) {
		const { page } = route.value;
		if (key === "?") return () => isHelpOpen.value = true;
		if (key === "/") return () => {
			if (page !== "posts") go({ page: "posts" });
			focusNext("#search");
		};
		if (key === "Escape" && page !== "posts") return () => leave();
		if (key === "j" || key === "k") return () => step(key === "j" ? 1 : -1);
		if ((key === "ArrowDown" || key === "ArrowUp") && page === "posts" && isInList()) return () => step(key === "ArrowDown" ? 1 : -1);
		return page === "post" && /^[1-9]$/.test(key) ? () => showCopy(Number(key) - 1) : void 0;
	}
	function leave() {
		const id = route.value.page === "post" ? findLine(route.value.name)?.id : void 0;
		go({ page: "posts" });
		if (id !== void 0) focusNext(linkOf(id));
	}
	function isInList() {
		return document.activeElement?.closest(".posts") !== null;
	}
	function step(by) {
		const at = route.value;
		if (at.page === "post") {
			const line = findLine(at.name);
			const ids = line !== void 0 && isLetter(line) ? listIds("letters") : listPostIds();
			const next = ids[ids.indexOf(line?.id ?? "") + by];
			if (next !== void 0) go(placeOf(next, at.tab));
			return;
		}
		if (at.page !== "posts") return;
		const ids = listPostIds();
		const focused = document.activeElement?.closest("[data-post]")?.dataset["post"];
		focusPost(ids[focused === void 0 ? by > 0 ? 0 : ids.length - 1 : ids.indexOf(focused) + by]);
	}
	function listPostIds() {
		return shownIds.value.length > 0 ? shownIds.value : listIds("posts");
	}
	function listIds(kind) {
		return overview.value?.[kind].map(({ id }) => id) ?? [];
	}
	function focusPost(id) {
		if (id !== void 0) document.querySelector(linkOf(id))?.focus();
	}
	function linkOf(id) {
		return `[data-post="${CSS.escape(id)}"] a`;
	}
	function showCopy(index) {
		const tab = document.querySelectorAll("[data-copy]")[index];
		if (tab?.getAttribute("role") === "tab") tab.click();
		tab?.focus();
	}

// src/preview/app/ledger.tsx
	const readAgainAfter = 6e4;
	const said = y$1("");
	const isReading = y$1(false);
	let timer;
	function LedgerButton({ token }) {
		const read = async () => {
			isReading.value = true;
			try {
				const { isRead, message } = await lookAtLedger(token);
				said.value = isRead ? "" : message;
				timer ??= isRead ? setInterval(() => void readUnlessHidden(), readAgainAfter) : void 0;
			} catch (error) {
				said.value = error instanceof Error ? error.message : String(error);
			}
			isReading.value = false;
		};
		const readUnlessHidden = async () => {
			if (!document.hidden) await read();
		};
		return /* @__PURE__ */ a($, { children: [/* @__PURE__ */ a("button", {
			type: "button",
			class: "plain",
			disabled: isReading.value,
			title: "Another machine may have published. From then on, the ledger is read once a minute.",
			onClick: () => void read(),
			children: [
				/* @__PURE__ */ a(Sign, { name: "again" }),
				" ",
				isReading.value ? "reading the ledger …" : "read the ledger"
			]
		}), /* @__PURE__ */ a("span", {
			role: "status",
			children: said.value
		})] });
	}

// src/preview/app/letters.tsx
	function LetterPage({ all }) {
		const bySequence = Map.groupBy(all.letters, ({ sequence }) => sequence?.name ?? "");
		return /* @__PURE__ */ a("main", {
			class: "page narrow",
			id: "content",
			children: [
				/* @__PURE__ */ a("h1", {
					class: "unseen",
					children: "Letters"
				}),
				[...bySequence].map(([name, letters]) => /* @__PURE__ */ a("section", {
					class: "sequence",
					children: [/* @__PURE__ */ a("h2", { children: name === "" ? "By themselves" : name }), /* @__PURE__ */ a("ol", {
						class: "letters",
						children: letters.map((letter) => /* @__PURE__ */ a(LetterRow, {
							letter,
							all
						}, letter.id))
					})]
				}, name)),
				all.letters.length === 0 && /* @__PURE__ */ a("p", {
					class: "nothing",
					children: "There are no letters yet."
				})
			]
		});
	}
	function LetterRow({ letter, all }) {
		const { subject, preview, sequence, data, draft, path, faults } = letter;
		const when = sequence?.day === void 0 ? void 0 : `day ${sequence.day}`;
		return /* @__PURE__ */ a("li", {
			class: "letter-row",
			"data-post": letter.id,
			children: [/* @__PURE__ */ a("p", {
				class: "when",
				title: sequence?.delay === void 0 ? "" : `${sequence.delay} after the one before`,
				children: when ?? (sequence === void 0 ? "" : "day unknown")
			}), /* @__PURE__ */ a("div", {
				class: "what",
				children: [
					/* @__PURE__ */ a("h3", {
						dir: "auto",
						children: data === void 0 ? subject : /* @__PURE__ */ a("a", {
							href: linkTo(placeOf(letter.id)),
							children: subject
						})
					}),
					preview !== void 0 && /* @__PURE__ */ a("p", {
						class: "preheader",
						children: preview
					}),
					/* @__PURE__ */ a("p", {
						class: "about",
						children: [
							draft && /* @__PURE__ */ a("span", {
								class: "draft",
								children: "draft"
							}),
							/* @__PURE__ */ a("span", {
								class: "path",
								children: path
							}),
							faults.errors > 0 && /* @__PURE__ */ a("span", {
								class: "fault error",
								children: [/* @__PURE__ */ a(Sign, { name: "error" }), count(faults.errors, "error")]
							}),
							faults.warnings > 0 && /* @__PURE__ */ a("span", {
								class: "fault warning",
								children: [/* @__PURE__ */ a(Sign, { name: "warning" }), count(faults.warnings, "warning")]
							}),
							all.mailing.map(({ name }) => {
								const copy = letter.states[name];
								return copy !== void 0 && /* @__PURE__ */ a("span", {
									class: `state ${copy.state}`,
									title: `${name}: ${tellState(copy, all.local)}`,
									children: [
										/* @__PURE__ */ a(StateIcon, { state: copy.state }),
										name,
										" ",
										nameState(copy.state)
									]
								}, name);
							})
						]
					})
				]
			})]
		});
	}

// src/preview/app/theme.ts
	const key = "broadside-theme";
	const theme = y$1(readTheme());
	const device = y$1("desktop");
	const columns = y$1(3);
	const isNarrow = y$1(false);
	const narrow = matchMedia("(max-width: 820px)");
	const leastColumn = 400;
	function readTheme() {
		const kept = readKept();
		return kept === "light" || kept === "dark" ? kept : "auto";
	}
	function readKept() {
		try {
			return localStorage.getItem(key);
		} catch {
			return null;
		}
	}
	function followTheme() {
		x$1(() => {
			document.documentElement.dataset["theme"] = theme.value;
			try {
				localStorage.setItem(key, theme.value);
			} catch {
				return;
			}
		});
		const look = () => {
			isNarrow.value = narrow.matches;
			columns.value = Math.max(2, Math.floor(window.innerWidth / leastColumn));
		};
		window.addEventListener("resize", look);
		look();
	}

// src/preview/app/post/change.tsx
	function ChangePanel({ post, copy, asks }) {
		const remote = useSignal(void 0);
		const said = useSignal("");
		const isAsking = useSignal(false);
		const ask = async () => {
			isAsking.value = true;
			try {
				remote.value = await askRemote(post, copy.target);
				said.value = remote.value.message;
			} catch (error) {
				said.value = error instanceof Error ? error.message : String(error);
			}
			isAsking.value = false;
		};
		return /* @__PURE__ */ a("div", {
			class: "changes",
			children: [copy.change === void 0 ? /* @__PURE__ */ a("p", {
				class: "nothing",
				children: "It would get what it last took."
			}) : /* @__PURE__ */ a($, { children: [/* @__PURE__ */ a("p", {
				class: "hint",
				children: [
					"What changed: ",
					copy.change.what,
					"."
				]
			}), /* @__PURE__ */ a(ChangeText, { change: copy.change })] }), asks && /* @__PURE__ */ a("div", {
				class: "remote",
				children: [
					/* @__PURE__ */ a("button", {
						type: "button",
						class: "button",
						disabled: isAsking.value,
						onClick: () => void ask(),
						children: [
							"Against what ",
							copy.target,
							" holds now"
						]
					}),
					/* @__PURE__ */ a("div", {
						role: "status",
						children: /* @__PURE__ */ a("p", {
							class: "hint",
							children: isAsking.value ? `Asking ${copy.target} …` : said.value
						})
					}),
					remote.value?.change !== void 0 && /* @__PURE__ */ a($, { children: [/* @__PURE__ */ a("p", {
						class: "hint",
						children: "What it holds now, against what it would get:"
					}), /* @__PURE__ */ a(ChangeText, { change: remote.value.change })] })
				]
			})]
		});
	}
	function ChangeText({ change }) {
		return /* @__PURE__ */ a($, { children: change.hunks === void 0 ? /* @__PURE__ */ a("p", {
			class: "hint",
			children: "What was last sent is not kept, so its words cannot be compared."
		}) : change.hunks.map((hunk) => /* @__PURE__ */ a("div", {
			class: "hunk",
			children: [/* @__PURE__ */ a("p", {
				class: "hunk-head",
				children: ["line ", hunk.after]
			}), /* @__PURE__ */ a("ol", { children: hunk.lines.map((line, index) => /* @__PURE__ */ a("li", {
				class: line.kind,
				children: /* @__PURE__ */ a(Line, { line })
			}, index)) })]
		}, `${hunk.before}:${hunk.after}`)) });
	}
	const told = {
		same: "",
		removed: "removed: ",
		added: "added: "
	};
	function Line({ line }) {
		const Marked = line.kind === "removed" ? "del" : "ins";
		return /* @__PURE__ */ a($, { children: [
			line.kind !== "same" && /* @__PURE__ */ a("span", {
				class: "unseen",
				children: told[line.kind]
			}),
			line.words.map(({ text, marked }, index) => marked ? /* @__PURE__ */ a(Marked, { children: text }, index) : text),
			line.words.length === 0 && " "
		] });
	}

// src/preview/app/post/choices.tsx
	function Choices({ name, all, chosen, choose }) {
		return /* @__PURE__ */ a("div", {
			class: "ways",
			role: "group",
			"aria-label": name,
			children: all.map(({ key, label, number = 0 }) => /* @__PURE__ */ a("button", {
				type: "button",
				"aria-pressed": key === chosen,
				onClick: () => choose(key),
				children: [label, number > 0 && /* @__PURE__ */ a("span", {
					class: "number",
					children: number
				})]
			}, key))
		});
	}

// src/preview/app/post/copy-button.tsx
	function CopyButton({ text, html, label }) {
		const said = useSignal("");
		const copy = async () => {
			said.value = await putOnClipboard(text, html) ? "copied" : "select and copy it by hand";
			setTimeout(() => said.value = "", 2e3);
		};
		return /* @__PURE__ */ a($, { children: [/* @__PURE__ */ a("button", {
			type: "button",
			class: "button copy-button",
			onClick: () => void copy(),
			children: [/* @__PURE__ */ a(Sign, { name: said.value === "copied" ? "done" : "copy" }), said.value === "" ? label : said.value]
		}), /* @__PURE__ */ a("span", {
			class: "unseen",
			role: "status",
			children: said.value
		})] });
	}
	function readText(html) {
		const { body } = new DOMParser().parseFromString(html, "text/html");
		return (body.textContent ?? "").replaceAll(/\n{3,}/g, "\n\n").trim();
	}
	async function putOnClipboard(text, html) {
		try {
			if (html === void 0) await navigator.clipboard.writeText(text);
			else {
				const kinds = {
					"text/html": html,
					"text/plain": readText(html)
				};
				const blobs = Object.entries(kinds).map(([type, one]) => [type, new Blob([one], { type })]);
				await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
			}
			return true;
		} catch {
			const field = document.createElement("textarea");
			field.value = text;
			field.className = "unseen";
			document.body.append(field);
			field.select();
			const done = document.execCommand("copy");
			field.remove();
			return done;
		}
	}

// src/preview/app/post/diagnostics.tsx
	const mostShown = 4;
	function DiagnosticList({ diagnostics }) {
		if (diagnostics.length === 0) return null;
		const shown = diagnostics.length > 5 ? diagnostics.slice(0, mostShown) : diagnostics;
		const more = diagnostics.slice(shown.length);
		return /* @__PURE__ */ a($, { children: [/* @__PURE__ */ a(Notes, {
			name: "What is wrong",
			diagnostics: shown
		}), more.length > 0 && /* @__PURE__ */ a("details", {
			class: "more-diagnostics",
			children: [/* @__PURE__ */ a("summary", { children: [more.length, " more"] }), /* @__PURE__ */ a(Notes, {
				name: "What else is wrong",
				diagnostics: more
			})]
		})] });
	}
	function Notes(props) {
		return /* @__PURE__ */ a("ul", {
			class: "diagnostics",
			"aria-label": props.name,
			children: props.diagnostics.map((one) => /* @__PURE__ */ a("li", { children: /* @__PURE__ */ a(DiagnosticNote, { diagnostic: one }) }, `${one.rule}:${one.line}:${one.column}:${one.target ?? ""}:${one.message}`))
		});
	}
	function DiagnosticNote({ diagnostic }) {
		const { severity, message, remedy, rule, target, file, line, column, editorUrl } = diagnostic;
		const place = `${line}:${column}`;
		return /* @__PURE__ */ a("div", {
			class: `diagnostic ${severity}`,
			children: [/* @__PURE__ */ a(Sign, { name: severity }), /* @__PURE__ */ a("div", { children: [
				/* @__PURE__ */ a("p", { children: [
					/* @__PURE__ */ a("span", {
						class: "unseen",
						children: [severity, ": "]
					}),
					target !== void 0 && /* @__PURE__ */ a("span", {
						class: "of",
						children: [target, ": "]
					}),
					message
				] }),
				/* @__PURE__ */ a("p", {
					class: "remedy",
					children: remedy
				}),
				/* @__PURE__ */ a("p", {
					class: "where",
					children: [editorUrl === void 0 ? /* @__PURE__ */ a("span", {
						title: file,
						children: ["line ", place]
					}) : /* @__PURE__ */ a("a", {
						href: editorUrl,
						title: `Open ${file} in the editor`,
						children: [
							/* @__PURE__ */ a(Sign, { name: "edit" }),
							" ",
							/* @__PURE__ */ a("span", {
								class: "unseen",
								children: [
									"Open ",
									file,
									" at "
								]
							}),
							"line ",
							place
						]
					}), /* @__PURE__ */ a("code", { children: rule })]
				})
			] })]
		});
	}

// src/preview/app/post/diagrams.ts
	let loading;
	function loadMermaid() {
		loading ??= new Promise((resolve, reject) => {
			const script = document.createElement("script");
			script.src = "diagrams.js";
			script.addEventListener("error", () => reject(/* @__PURE__ */ new Error("Diagrams cannot be drawn.")));
			script.addEventListener("load", () => {
				const { mermaid } = window;
				if (mermaid === void 0) return reject(/* @__PURE__ */ new Error("Diagrams cannot be drawn."));
				mermaid.initialize({
					startOnLoad: false,
					securityLevel: "strict",
					htmlLabels: false,
					flowchart: { htmlLabels: false },
					suppressErrorRendering: true
				});
				return resolve(mermaid);
			});
			document.head.append(script);
		});
		return loading;
	}
	const pictures = /* @__PURE__ */ new Map();
	let last = 0;
	async function draw(source) {
		pictures.set(source, "");
		const mermaid = await loadMermaid();
		last += 1;
		const { svg } = await mermaid.render(`diagram-${last}`, source);
		const [, width = 0, height = 0] = (/viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"/.exec(svg) ?? []).map(Number);
		const bytes = Array.from(new TextEncoder().encode(svg), (byte) => String.fromCodePoint(byte)).join("");
		const size = width > 0 ? ` width="${Math.ceil(width)}" height="${Math.ceil(height)}"` : "";
		pictures.set(source, `<img alt="A diagram"${size} src="data:image/svg+xml;base64,${btoa(bytes)}">`);
	}
	function useDiagrams(html, sources) {
		const drawn = useSignal(0);
		A$1(() => {
			for (const source of sources) {
				if (pictures.has(source)) continue;
				draw(source).then(() => drawn.value += 1, () => void 0);
			}
		}, [sources.join("\0")]);
		return drawn.value < 0 ? html : sources.reduce(placeDiagram, html);
	}
	function placeDiagram(html, source, index) {
		const picture = pictures.get(source) ?? "";
		const start = html.indexOf(`<!--diagram:${index}-->`);
		const end = html.indexOf(`<!--/diagram:${index}-->`);
		return picture === "" || start === -1 || end < start ? html : html.slice(0, start) + picture + html.slice(end);
	}

// src/preview/app/post/fold.ts
	function measureFold(frame) {
		const box = frame.querySelector("[data-text]");
		if (box === null) return void 0;
		const nodes = listTextNodes(frame, box);
		const of = nodes.reduce((sum, { data }) => sum + data.length, 0);
		if (box.scrollHeight <= box.clientHeight + 1) return { of };
		const end = box.getBoundingClientRect().bottom + 1;
		return {
			of,
			after: countUntil(of, (at) => (locate(frame, nodes, at)?.bottom ?? Infinity) > end)
		};
	}
	function listTextNodes(frame, box) {
		const walker = frame.createTreeWalker(box, NodeFilter.SHOW_TEXT);
		const nodes = [];
		for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) if (node.parentElement?.closest("label") === null) nodes.push(node);
		return nodes;
	}
	function locate(frame, nodes, at) {
		let left = at;
		for (const node of nodes) {
			for (let offset = left; offset < node.data.length; offset += 1) {
				const range = frame.createRange();
				range.setStart(node, offset);
				range.setEnd(node, offset + 1);
				const box = range.getClientRects()[0];
				if (box !== void 0 && box.height > 0) return box;
			}
			left = Math.max(0, left - node.data.length);
		}
	}
	function countUntil(length, passes) {
		let [from, to] = [0, length];
		while (from < to) {
			const middle = Math.floor((from + to) / 2);
			if (passes(middle)) to = middle;
			else from = middle + 1;
		}
		return from;
	}

// src/preview/app/post/frame.tsx
	const phoneWidth = 375;
	const leastScale = .6;
	function FrameBox({ title, html: made, widths, marks, diagrams }) {
		const html = useDiagrams(made, diagrams).replace("<html data-scheme=\"auto\"", `<html data-scheme="${theme.value}"`);
		const box = T$1(null);
		const room = useSignal(0);
		const height = useSignal(0);
		const fold = useSignal(void 0);
		const loaded = useSignal({
			html,
			number: 0
		});
		F$1(() => {
			if (box.current === null) return void 0;
			const look = new ResizeObserver(([entry]) => room.value = entry?.contentRect.width ?? 0);
			look.observe(box.current);
			return () => look.disconnect();
		}, []);
		const width = chooseWidth(widths, room.value);
		const scale = Math.max(leastScale, Math.min(1, room.value / width));
		const isNew = html !== loaded.value.html;
		const { number } = loaded.value;
		const follow = {
			height,
			fold
		};
		return /* @__PURE__ */ a("figure", {
			class: "frame",
			children: [/* @__PURE__ */ a("div", {
				class: "frame-room",
				ref: box,
				children: room.value > 0 && /* @__PURE__ */ a("div", {
					class: widths.length > 0 || isForPhone() ? "frame-box is-fixed" : "frame-box",
					style: {
						width: `${width * scale}px`,
						height: `${height.value * scale}px`
					},
					children: [/* @__PURE__ */ a(Document, {
						title,
						html: loaded.value.html,
						width,
						scale,
						follow
					}, number), isNew && /* @__PURE__ */ a(Document, {
						title,
						html,
						width,
						scale,
						isBehind: true,
						follow,
						onShown: () => loaded.value = {
							html,
							number: number + 1
						}
					}, number + 1)]
				})
			}), /* @__PURE__ */ a("figcaption", { children: [describeSize(widths, width, scale, fold.value), marks.map(({ at, what }) => /* @__PURE__ */ a("span", {
				class: "mark-key",
				children: [
					at,
					": ",
					what
				]
			}, at))] })]
		});
	}
	function isForPhone() {
		return isNarrow.value || device.value === "phone";
	}
	function chooseWidth(widths, room) {
		if (widths.length === 0) return isForPhone() ? Math.min(phoneWidth, Math.max(room, 1)) : Math.max(room, 1);
		return isForPhone() ? Math.min(...widths) : Math.max(...widths);
	}
	function describeSize(widths, width, scale, fold) {
		const size = widths.length === 0 ? [] : [`${width} px${scale < 1 ? ` at ${Math.round(scale * 100)} %` : ""}`];
		const text = fold === void 0 ? [] : [fold.after === void 0 ? `${fold.of} characters` : `folded after ${fold.after} of ${fold.of} characters`];
		const parts = [...size, ...text];
		return parts.length === 0 ? void 0 : parts.join(", ");
	}
	function Document({ title, html, width, scale, isBehind = false, onShown, follow }) {
		const frame = T$1(null);
		const isLoaded = useSignal(0);
		A$1(() => {
			const inner = frame.current?.contentDocument;
			if (isLoaded.value === 0 || inner?.documentElement === void 0) return void 0;
			if (isBehind) {
				onShown?.();
				return;
			}
			const measure = () => {
				follow.height.value = Math.ceil(inner.documentElement.getBoundingClientRect().height);
				follow.fold.value = measureFold(inner);
			};
			measure();
			const look = new ResizeObserver(measure);
			look.observe(inner.documentElement);
			return () => look.disconnect();
		}, [
			isLoaded.value,
			isBehind,
			width
		]);
		return /* @__PURE__ */ a("iframe", {
			ref: frame,
			title,
			sandbox: "allow-same-origin allow-popups allow-popups-to-escape-sandbox",
			referrerpolicy: "no-referrer",
			srcdoc: html,
			class: isBehind ? "is-behind" : void 0,
			"aria-hidden": isBehind,
			tabIndex: isBehind ? -1 : void 0,
			style: {
				width: `${width}px`,
				transform: scale === 1 ? "none" : `scale(${scale})`,
				height: `${100 / scale}%`
			},
			onLoad: () => isLoaded.value += 1
		});
	}

// src/preview/app/post/hand.tsx
	function HandSteps({ post, copy, hand }) {
		const { title, importUrl, command } = hand;
		const { url } = copy.state;
		const isThere = url !== void 0;
		return /* @__PURE__ */ a("ol", {
			class: "hand",
			children: [importUrl === void 0 || isThere ? /* @__PURE__ */ a("li", { children: [/* @__PURE__ */ a("span", { children: isThere ? `Copy it, and put it in the place of what is on ${title}.` : `Copy it, and paste it on ${title}.` }), /* @__PURE__ */ a(CopyButton, {
				text: copy.copyText ?? "",
				label: copy.raw?.language === "html" ? "copy formatted" : "copy text",
				...copy.raw?.language === "html" ? { html: copy.raw.text } : {}
			})] }) : /* @__PURE__ */ a("li", { children: [/* @__PURE__ */ a("span", { children: [
				"Open the page of ",
				title,
				" that imports, which has the original's address."
			] }), /* @__PURE__ */ a("a", {
				class: "button",
				href: importUrl,
				target: "_blank",
				rel: "noreferrer",
				children: [/* @__PURE__ */ a(Sign, { name: "out" }), " import"]
			})] }), /* @__PURE__ */ a("li", { children: [/* @__PURE__ */ a("span", { children: isThere ? "Say that it is done, even if you leave the copy as it is." : "Enter its address, so that it is remembered." }), overview.value?.token === void 0 ? /* @__PURE__ */ a($, { children: [/* @__PURE__ */ a("code", { children: isThere ? command.replace(/URL$/, url) : command }), /* @__PURE__ */ a(CopyButton, {
				text: isThere ? command.replace(/URL$/, url) : command,
				label: "copy command"
			})] }) : /* @__PURE__ */ a(AddressField, {
				post,
				target: copy.target,
				fingerprint: hand.fingerprint,
				token: overview.value.token,
				known: url ?? ""
			}, url)] })]
		});
	}
	function AddressField({ post, target, fingerprint, token, known }) {
		const said = useSignal("");
		const isBusy = useSignal(false);
		const send = async (url) => {
			isBusy.value = true;
			try {
				const { message } = await recordCopy({
					post,
					target,
					url,
					fingerprint,
					token
				});
				said.value = message;
			} catch (error) {
				said.value = error instanceof Error ? error.message : String(error);
			}
			isBusy.value = false;
		};
		return /* @__PURE__ */ a("form", {
			class: "address",
			onSubmit: (event) => {
				event.preventDefault();
				const url = new FormData(event.currentTarget).get("url");
				if (typeof url === "string" && url !== "") send(url);
			},
			children: [
				/* @__PURE__ */ a("input", {
					name: "url",
					type: "url",
					required: true,
					defaultValue: known,
					placeholder: "https://…",
					"aria-label": `The address of the copy on ${target}`
				}),
				/* @__PURE__ */ a("button", {
					type: "submit",
					class: "button primary",
					disabled: isBusy.value,
					children: "Record"
				}),
				/* @__PURE__ */ a("p", {
					class: "hint",
					role: "status",
					children: said.value
				})
			]
		});
	}

// src/preview/app/post/raw.tsx
	function RawBody({ copy }) {
		const { raw, fields } = copy;
		return /* @__PURE__ */ a("div", {
			class: "raw",
			children: [fields.length > 0 && /* @__PURE__ */ a("dl", {
				class: "fields",
				children: fields.map(({ name, text }) => /* @__PURE__ */ a("div", { children: [/* @__PURE__ */ a("dt", { children: name }), /* @__PURE__ */ a("dd", { children: text })] }, name))
			}), raw !== void 0 && /* @__PURE__ */ a($, { children: [/* @__PURE__ */ a("div", {
				class: "raw-head",
				children: [/* @__PURE__ */ a("span", {
					class: "detail",
					children: [
						raw.language,
						", ",
						raw.text.length.toLocaleString("en"),
						" characters"
					]
				}), /* @__PURE__ */ a(CopyButton, {
					text: raw.text,
					label: "copy"
				})]
			}), /* @__PURE__ */ a("pre", {
				tabIndex: 0,
				role: "region",
				"aria-label": `What ${copy.target} is sent`,
				children: /* @__PURE__ */ a("code", { children: raw.text })
			})] })]
		});
	}

// src/preview/app/post/copy.tsx
	const ways = y$1(/* @__PURE__ */ new Map());
	function Copy({ copy, view, all }) {
		const { target, state } = copy;
		const frames = copy.view?.frames ?? [];
		const asks = targets.value.get(target)?.asks === true && state.url !== void 0;
		const choices = [
			...frames.map(({ name }) => ({
				key: `see ${name}`,
				label: name
			})),
			...copy.raw === void 0 ? [] : [{
				key: "sent",
				label: "sent"
			}],
			...copy.change === void 0 && !asks ? [] : [{
				key: "changes",
				label: "changes",
				number: copy.change?.hunks?.length ?? 0
			}]
		];
		const wanted = ways.value.get(target);
		const way = choices.find(({ key }) => key === wanted)?.key ?? choices[0]?.key ?? "";
		const frame = frames.find(({ name }) => way === `see ${name}`);
		return /* @__PURE__ */ a($, { children: [
			/* @__PURE__ */ a("div", {
				class: "column-top",
				children: [/* @__PURE__ */ a(CopyHead, {
					copy,
					all
				}), /* @__PURE__ */ a(Choices, {
					name: `What of ${target}`,
					all: choices,
					chosen: way,
					choose: (key) => ways.value = new Map([...ways.value, [target, key]])
				})]
			}),
			copy.hand !== void 0 && state.state === "by-hand" && /* @__PURE__ */ a(HandSteps, {
				post: view.id,
				copy,
				hand: copy.hand
			}),
			/* @__PURE__ */ a(DiagnosticList, { diagnostics: view.diagnostics.filter((one) => one.target === target) }),
			frame !== void 0 && /* @__PURE__ */ a(FrameBox, {
				title: `${view.original.title} on ${target}, ${frame.name}`,
				html: frame.html,
				widths: frame.widths ?? [],
				marks: frame.marks ?? [],
				diagrams: frame.diagrams ?? []
			}, frame.name),
			way === "sent" && /* @__PURE__ */ a(RawBody, { copy }),
			way === "changes" && /* @__PURE__ */ a(ChangePanel, {
				post: view.id,
				copy,
				asks
			}),
			way === "" && /* @__PURE__ */ a("p", {
				class: "nothing",
				children: state.reason === "" ? "It does not go there." : `${state.reason}.`
			})
		] });
	}
	function CopyHead({ copy, all }) {
		const { target, state, copyText } = copy;
		const detail = describeState(state, all.local);
		return /* @__PURE__ */ a($, { children: [/* @__PURE__ */ a("header", {
			class: "copy-head",
			children: [
				/* @__PURE__ */ a("h2", { children: target }),
				copy.kind !== target && /* @__PURE__ */ a("span", {
					class: "kind",
					children: copy.kind
				}),
				/* @__PURE__ */ a("span", {
					class: `state ${state.state}`,
					title: tellState(state, all.local),
					children: [/* @__PURE__ */ a(StateIcon, { state: state.state }), nameState(state.state)]
				}),
				/* @__PURE__ */ a("span", {
					class: "actions",
					children: [copyText !== void 0 && state.state !== "by-hand" && /* @__PURE__ */ a(CopyButton, {
						text: copyText,
						label: "copy text"
					}), state.url !== void 0 && /* @__PURE__ */ a("a", {
						class: "tool",
						href: state.url,
						target: "_blank",
						rel: "noreferrer",
						title: "Open the copy",
						children: [/* @__PURE__ */ a(Sign, { name: "out" }), /* @__PURE__ */ a("span", {
							class: "unseen",
							children: ["Open the copy on ", target]
						})]
					})]
				})
			]
		}), /* @__PURE__ */ a("p", {
			class: "why",
			title: detail,
			children: detail === "" ? describeReason(state) : state.state === "changed" ? `changed: ${detail}` : detail
		})] });
	}
	function describeReason({ state, reason }) {
		return state === "new" ? "the next publish sends it" : shortenReason(reason);
	}

// src/preview/app/post/source.tsx
	function SourceText({ text, diagnostics }) {
		const lines = text.replace(/\n$/, "").split("\n");
		const placeOf = ({ line }) => Math.min(Math.max(line, 1), lines.length);
		return /* @__PURE__ */ a("ol", {
			class: "source",
			"aria-label": "The file",
			children: lines.map((line, index) => {
				const own = diagnostics.filter((one) => placeOf(one) === index + 1);
				return /* @__PURE__ */ a("li", {
					class: own.length > 0 ? "is-marked" : void 0,
					children: [/* @__PURE__ */ a("code", { children: line === "" ? " " : line }), own.map((one) => /* @__PURE__ */ a(DiagnosticNote, { diagnostic: one }, `${one.rule}:${one.column}:${one.target ?? ""}`))]
				}, index);
			})
		});
	}

// src/preview/app/post/original.tsx
	const mode = y$1("page");
	function Original({ line, view }) {
		const { source, url, html } = view.original;
		const shown = source === void 0 ? "page" : mode.value;
		return /* @__PURE__ */ a($, { children: [/* @__PURE__ */ a("div", {
			class: "column-top",
			children: [
				/* @__PURE__ */ a("header", {
					class: "copy-head",
					children: [/* @__PURE__ */ a("h2", { children: url === "" ? "Letter" : "Original" }), url !== "" && /* @__PURE__ */ a("span", {
						class: "actions",
						children: /* @__PURE__ */ a("a", {
							class: "tool",
							href: url,
							target: "_blank",
							rel: "noreferrer",
							title: "Open the original",
							children: [/* @__PURE__ */ a(Sign, { name: "out" }), /* @__PURE__ */ a("span", {
								class: "unseen",
								children: "Open the original"
							})]
						})
					})]
				}),
				/* @__PURE__ */ a("p", {
					class: "why",
					title: url,
					children: url === "" ? "as it is written" : url.replace(/^https?:\/\//, "")
				}),
				/* @__PURE__ */ a(Choices, {
					name: "The original",
					all: [{
						key: "page",
						label: "as it reads"
					}, ...source === void 0 ? [] : [{
						key: "source",
						label: "file",
						number: view.diagnostics.length
					}]],
					chosen: shown,
					choose: (key) => mode.value = key
				})
			]
		}), shown === "source" && source !== void 0 ? /* @__PURE__ */ a(SourceText, {
			text: source.text,
			diagnostics: view.diagnostics
		}) : /* @__PURE__ */ a($, { children: [/* @__PURE__ */ a(DiagnosticList, { diagnostics: view.diagnostics.filter(({ target }) => target === void 0) }), /* @__PURE__ */ a(FrameBox, {
			title: `${line.title}, the original`,
			html,
			widths: [],
			marks: [],
			diagrams: []
		})] })] });
	}

// src/preview/app/post/target-name.tsx
	function TargetName({ copy }) {
		const { state } = copy.state;
		return /* @__PURE__ */ a($, { children: [copy.target, /* @__PURE__ */ a("span", {
			class: `state ${state}`,
			title: nameState(state),
			children: [/* @__PURE__ */ a(StateIcon, { state }), /* @__PURE__ */ a("span", {
				class: "unseen",
				children: nameState(state)
			})]
		})] });
	}

// src/preview/app/post/board.tsx
	const asked = y$1([]);
	const hidden = y$1(/* @__PURE__ */ new Set());
	function Board({ line, view, all }) {
		const names = ["", ...view.copies.map(({ target }) => target)];
		const shown = chooseColumns(names, asked.value, hidden.value, columns.value);
		const toggle = (name) => {
			const isShown = shown.includes(name);
			const { value } = hidden;
			hidden.value = isShown ? /* @__PURE__ */ new Set([...value, name]) : new Set([...value].filter((one) => one !== name));
			if (!isShown) asked.value = [...asked.value.filter((one) => one !== name), name];
		};
		return /* @__PURE__ */ a($, { children: [/* @__PURE__ */ a("div", {
			class: "board-tools",
			children: [/* @__PURE__ */ a("div", {
				class: "choices",
				role: "group",
				"aria-label": "Columns",
				children: names.map((name) => {
					const copy = view.copies.find(({ target }) => target === name);
					return /* @__PURE__ */ a("button", {
						type: "button",
						class: "choice",
						"aria-pressed": shown.includes(name),
						onClick: () => toggle(name),
						children: copy === void 0 ? isLetter(line) ? "letter" : "original" : /* @__PURE__ */ a(TargetName, { copy })
					}, name);
				})
			}), /* @__PURE__ */ a(DeviceSwitch, {})]
		}), /* @__PURE__ */ a("div", {
			class: "board",
			children: shown.map((name) => {
				const copy = view.copies.find(({ target }) => target === name);
				return /* @__PURE__ */ a("section", {
					class: "column",
					"data-copy": name,
					tabIndex: -1,
					"aria-label": copy?.target ?? "Original",
					children: copy === void 0 ? /* @__PURE__ */ a(Original, {
						line,
						view
					}) : /* @__PURE__ */ a(Copy, {
						copy,
						view,
						all
					})
				}, name);
			})
		})] });
	}
	function chooseColumns(names, last, without, room) {
		const rank = (name) => last.lastIndexOf(name);
		const wanted = names.filter((name) => !without.has(name)).toSorted((a, b) => rank(b) - rank(a));
		const chosen = new Set(wanted.slice(0, room));
		return names.filter((name) => chosen.has(name));
	}
	function DeviceSwitch() {
		return /* @__PURE__ */ a("div", {
			class: "choices",
			role: "group",
			"aria-label": "Readers’ screens",
			children: ["desktop", "phone"].map((name) => /* @__PURE__ */ a("button", {
				type: "button",
				class: "choice",
				"aria-pressed": device.value === name,
				onClick: () => device.value = name,
				children: name
			}, name))
		});
	}

// src/preview/app/post/page.tsx
	function PostPage({ name, tab, all }) {
		const line = findLine(name);
		const id = line?.id ?? name;
		const view = views.value.get(id);
		const isMissing = view === void 0 && line?.data !== void 0;
		A$1(() => {
			if (isMissing) readPost(id);
		}, [id, isMissing]);
		if (line === void 0) return /* @__PURE__ */ a(Nothing, { children: [
			"There is no post ",
			name,
			" here."
		] });
		if (line.data === void 0) return /* @__PURE__ */ a(Nothing, { children: [
			"These files hold no copies of ",
			line.title,
			"."
		] });
		return /* @__PURE__ */ a("main", {
			class: "page wide",
			id: "content",
			children: [/* @__PURE__ */ a(PostHead, {
				line,
				view,
				all
			}), view === void 0 ? /* @__PURE__ */ a("p", {
				class: "nothing",
				role: "status",
				children: "Rendering …"
			}) : isNarrow.value ? /* @__PURE__ */ a(Tabs, {
				line,
				view,
				tab,
				all
			}) : /* @__PURE__ */ a(Board, {
				line,
				view,
				all
			})]
		});
	}
	function Nothing({ children }) {
		return /* @__PURE__ */ a("main", {
			class: "page",
			id: "content",
			children: /* @__PURE__ */ a("p", {
				class: "nothing",
				children
			})
		});
	}
	function PostHead({ line, view, all }) {
		return /* @__PURE__ */ a("div", {
			class: "post-head",
			children: [
				/* @__PURE__ */ a("p", {
					class: "way",
					children: [/* @__PURE__ */ a("a", {
						href: linkTo({ page: isLetter(line) ? "letters" : "posts" }),
						children: [
							/* @__PURE__ */ a(Sign, { name: "back" }),
							" ",
							isLetter(line) ? "Letters" : "Posts"
						]
					}), /* @__PURE__ */ a("span", {
						class: "steps",
						children: [/* @__PURE__ */ a("button", {
							type: "button",
							class: "tool",
							title: "Previous post (k)",
							"aria-label": "Previous post",
							onClick: () => step(-1),
							children: /* @__PURE__ */ a(Sign, { name: "back" })
						}), /* @__PURE__ */ a("button", {
							type: "button",
							class: "tool",
							title: "Next post (j)",
							"aria-label": "Next post",
							onClick: () => step(1),
							children: /* @__PURE__ */ a(Sign, { name: "next" })
						})]
					})]
				}),
				/* @__PURE__ */ a("h1", {
					dir: "auto",
					children: line.title
				}),
				/* @__PURE__ */ a("p", {
					class: "about",
					children: [
						line.draft && /* @__PURE__ */ a("span", {
							class: "draft",
							children: "draft"
						}),
						line.local !== void 0 && /* @__PURE__ */ a("time", {
							dateTime: line.date ?? "",
							children: showDay(line.local, all.local)
						}),
						isLetter(line) && line.sequence !== void 0 && /* @__PURE__ */ a("span", {
							class: "of-series",
							children: [
								line.sequence.name,
								" · letter ",
								line.sequence.position,
								line.sequence.day !== void 0 && ` · day ${line.sequence.day}`
							]
						}),
						line.series !== void 0 && /* @__PURE__ */ a("span", {
							class: "of-series",
							children: [line.series.name, line.series.part !== void 0 && ` · part ${line.series.part}`]
						}),
						view?.original.editorUrl === void 0 ? /* @__PURE__ */ a("span", {
							class: "path",
							children: line.path
						}) : /* @__PURE__ */ a("a", {
							class: "path",
							href: view.original.editorUrl,
							children: line.path
						})
					]
				})
			]
		});
	}
	function Tabs({ line, view, tab, all }) {
		const names = ["", ...view.copies.map(({ target }) => target)];
		const copy = view.copies.find(({ target }) => target === tab);
		const current = copy?.target ?? "";
		const choose = (name) => {
			if (name === void 0) return;
			rename(placeOf(line.id, name));
			focusNext("[role=tab][aria-selected=true]");
		};
		return /* @__PURE__ */ a($, { children: [/* @__PURE__ */ a("div", {
			class: "tabs",
			role: "tablist",
			"aria-label": "The original and its copies",
			onKeyDown: (event) => {
				const by = {
					ArrowRight: 1,
					ArrowLeft: -1
				}[event.key];
				if (by !== void 0) choose(names.at((names.indexOf(current) + by) % names.length));
			},
			children: names.map((name) => {
				const own = view.copies.find(({ target }) => target === name);
				return /* @__PURE__ */ a("button", {
					type: "button",
					role: "tab",
					id: `tab-${name}`,
					"data-copy": name,
					"aria-selected": name === current,
					"aria-controls": "panel",
					tabIndex: name === current ? 0 : -1,
					onClick: () => choose(name),
					children: own === void 0 ? isLetter(line) ? "letter" : "original" : /* @__PURE__ */ a(TargetName, { copy: own })
				}, name);
			})
		}), /* @__PURE__ */ a("div", {
			class: "panel",
			role: "tabpanel",
			id: "panel",
			"aria-labelledby": `tab-${current}`,
			children: copy === void 0 ? /* @__PURE__ */ a(Original, {
				line,
				view
			}) : /* @__PURE__ */ a(Copy, {
				copy,
				view,
				all
			}, copy.target)
		})] });
	}

// src/preview/app/posts/filter.ts
	function matches(post, { words, state, target, only }) {
		if (only !== void 0 && !only.has(post.id)) return false;
		const own = Object.entries(post.states).filter(([name]) => target === void 0 || name === target);
		if (state !== void 0 && !own.some(([, copy]) => copy.state === state)) return false;
		if (target !== void 0 && state === void 0 && own.every(([, copy]) => copy.state === "off")) return false;
		const text = [
			post.title,
			post.path,
			post.id,
			post.series?.name ?? "",
			...post.tags
		].join(" ").toLowerCase();
		return words.toLowerCase().split(/\s+/).every((word) => text.includes(word));
	}
	function countStates(posts, target) {
		const counts = /* @__PURE__ */ new Map();
		for (const { states } of posts) {
			const own = target === void 0 ? Object.values(states) : Object.values(states).filter((one) => one === states[target]);
			for (const state of new Set(own.map((copy) => copy.state))) counts.set(state, (counts.get(state) ?? 0) + 1);
		}
		return counts;
	}

// src/preview/app/posts/list.tsx
	const words = y$1("");
	const state = y$1(void 0);
	const target = y$1(void 0);
	const rule = y$1(void 0);
	function seekRule(name) {
		words.value = "";
		state.value = void 0;
		target.value = void 0;
		rule.value = name;
	}
	const shown = O(() => {
		const { posts, rules } = overview.value ?? {
			posts: [],
			rules: []
		};
		const broken = rules.find((one) => one.rule === rule.value);
		return posts.filter((post) => matches(post, {
			words: words.value,
			...state.value === void 0 ? {} : { state: state.value },
			...target.value === void 0 ? {} : { target: target.value },
			...rule.value === void 0 ? {} : { only: new Set(broken?.posts) }
		}));
	});
	shown.subscribe((posts) => {
		shownIds.value = posts.map(({ id }) => id);
	});
	function PostList({ all }) {
		return /* @__PURE__ */ a("main", {
			class: "page",
			id: "content",
			children: [
				/* @__PURE__ */ a("h1", {
					class: "unseen",
					children: "Posts"
				}),
				/* @__PURE__ */ a(Filters, { all }),
				shown.value.length > 0 && /* @__PURE__ */ a("p", {
					class: "posts-head",
					style: { "--targets": all.targets.length },
					"aria-hidden": "true",
					children: [/* @__PURE__ */ a("span", {}), /* @__PURE__ */ a("span", {
						class: "states",
						children: all.targets.map(({ name }) => /* @__PURE__ */ a("span", { children: name }, name))
					})]
				}),
				/* @__PURE__ */ a("ul", {
					class: "posts",
					style: { "--targets": all.targets.length },
					"aria-label": "Posts",
					children: shown.value.map((post) => /* @__PURE__ */ a(PostRow, {
						post,
						all
					}, post.id))
				}),
				shown.value.length === 0 && /* @__PURE__ */ a("p", {
					class: "nothing",
					children: all.posts.length === 0 ? "There are no posts yet." : "No post matches."
				}),
				all.leftOut !== void 0 && all.leftOut > 0 && /* @__PURE__ */ a("p", {
					class: "nothing",
					children: [
						count(all.leftOut, "post"),
						" of this list ",
						all.leftOut === 1 ? "has" : "have",
						" no copies in these files, which would be too large with them."
					]
				})
			]
		});
	}
	function Filters({ all }) {
		const counts = countStates(all.posts, target.value);
		return /* @__PURE__ */ a("div", {
			class: "filters",
			children: [
				/* @__PURE__ */ a("div", {
					class: "search",
					children: [
						/* @__PURE__ */ a(Sign, { name: "search" }),
						/* @__PURE__ */ a("input", {
							id: "search",
							type: "search",
							placeholder: "Search title, path, tag, series",
							"aria-label": "Search the posts",
							value: words.value,
							onInput: ({ currentTarget }) => words.value = currentTarget.value,
							onKeyDown: (event) => {
								if (event.key === "ArrowDown" || event.key === "Enter") {
									event.preventDefault();
									focusPost(shownIds.value[0]);
								}
								if (event.key === "Escape") {
									words.value = "";
									event.currentTarget.blur();
								}
							}
						}),
						/* @__PURE__ */ a("kbd", {
							"aria-hidden": "true",
							children: "/"
						})
					]
				}),
				/* @__PURE__ */ a("div", {
					class: "choices",
					role: "group",
					"aria-label": "State",
					children: [/* @__PURE__ */ a(Choice, {
						isChosen: state.value === void 0,
						choose: () => state.value = void 0,
						children: ["all ", /* @__PURE__ */ a("span", {
							class: "number",
							children: all.posts.length
						})]
					}), stateWords.filter((word) => word !== "off" && (counts.has(word) || state.value === word)).map((word) => /* @__PURE__ */ a(Choice, {
						isChosen: state.value === word,
						choose: () => state.value = state.value === word ? void 0 : word,
						children: [
							/* @__PURE__ */ a("span", {
								class: `state ${word}`,
								children: [/* @__PURE__ */ a(StateIcon, { state: word }), nameState(word)]
							}),
							" ",
							/* @__PURE__ */ a("span", {
								class: "number",
								children: counts.get(word) ?? 0
							})
						]
					}, word))]
				}),
				/* @__PURE__ */ a("label", {
					class: "pick",
					children: [/* @__PURE__ */ a("span", {
						class: "unseen",
						children: "Target"
					}), /* @__PURE__ */ a("select", {
						value: target.value ?? "",
						onChange: ({ currentTarget }) => target.value = currentTarget.value === "" ? void 0 : currentTarget.value,
						children: [/* @__PURE__ */ a("option", {
							value: "",
							children: "every target"
						}), all.targets.map(({ name }) => /* @__PURE__ */ a("option", {
							value: name,
							children: name
						}, name))]
					})]
				}),
				rule.value !== void 0 && /* @__PURE__ */ a("button", {
					type: "button",
					class: "chip",
					onClick: () => rule.value = void 0,
					children: [
						/* @__PURE__ */ a("code", { children: rule.value }),
						" ",
						/* @__PURE__ */ a("span", {
							"aria-hidden": "true",
							children: "×"
						}),
						/* @__PURE__ */ a("span", {
							class: "unseen",
							children: ": show the others too"
						})
					]
				}),
				/* @__PURE__ */ a("p", {
					class: "unseen",
					role: "status",
					children: count(shown.value.length, "post")
				})
			]
		});
	}
	function Choice(props) {
		return /* @__PURE__ */ a("button", {
			type: "button",
			class: "choice",
			"aria-pressed": props.isChosen,
			onClick: props.choose,
			children: props.children
		});
	}
	function PostRow({ post, all }) {
		const { errors, warnings } = post.faults;
		return /* @__PURE__ */ a("li", {
			class: "post-row",
			"data-post": post.id,
			children: [/* @__PURE__ */ a("div", {
				class: "what",
				children: [/* @__PURE__ */ a("h2", {
					dir: "auto",
					children: post.data === void 0 ? post.title : /* @__PURE__ */ a("a", {
						href: linkTo(placeOf(post.id)),
						children: post.title
					})
				}), /* @__PURE__ */ a("p", {
					class: "about",
					children: [
						post.draft && /* @__PURE__ */ a("span", {
							class: "draft",
							children: "draft"
						}),
						post.local !== void 0 && /* @__PURE__ */ a("time", {
							dateTime: post.date ?? "",
							children: showDay(post.local, all.local)
						}),
						post.series !== void 0 && /* @__PURE__ */ a("span", {
							class: "of-series",
							children: [post.series.name, post.series.part !== void 0 && ` · part ${post.series.part}`]
						}),
						errors > 0 && /* @__PURE__ */ a("span", {
							class: "fault error",
							children: [/* @__PURE__ */ a(Sign, { name: "error" }), count(errors, "error")]
						}),
						warnings > 0 && /* @__PURE__ */ a("span", {
							class: "fault warning",
							children: [/* @__PURE__ */ a(Sign, { name: "warning" }), count(warnings, "warning")]
						}),
						/* @__PURE__ */ a("span", {
							class: "path",
							children: post.path
						})
					]
				})]
			}), /* @__PURE__ */ a("dl", {
				class: "states",
				children: all.targets.map(({ name }) => {
					const copy = post.states[name];
					return copy !== void 0 && /* @__PURE__ */ a("div", {
						class: copy.state === "off" ? "cell is-off" : "cell",
						title: `${name}: ${tellState(copy, all.local)}`,
						children: [/* @__PURE__ */ a("dt", { children: name }), /* @__PURE__ */ a("dd", { children: [/* @__PURE__ */ a("span", {
							class: `state ${copy.state}`,
							children: [/* @__PURE__ */ a(StateIcon, { state: copy.state }), nameState(copy.state)]
						}), /* @__PURE__ */ a("span", {
							class: "detail",
							children: describeState(copy, all.local)
						})] })]
					}, name);
				})
			})]
		});
	}

// src/preview/app/rules.tsx
	function RulePage({ all }) {
		const most = Math.max(...all.rules.map((rule) => rule.count), 1);
		return /* @__PURE__ */ a("main", {
			class: "page narrow",
			id: "content",
			children: [
				/* @__PURE__ */ a("h1", { children: "What is wrong" }),
				all.looking !== void 0 && /* @__PURE__ */ a("p", {
					class: "hint",
					role: "status",
					children: [
						all.looking.done,
						" of ",
						all.looking.of,
						" posts were looked at."
					]
				}),
				all.rules.length === 0 ? all.looking === void 0 && /* @__PURE__ */ a("p", {
					class: "nothing",
					children: "No post breaks a rule."
				}) : /* @__PURE__ */ a("ol", {
					class: "rules",
					children: all.rules.map(({ rule, severity, count: times, posts, wrong }) => /* @__PURE__ */ a("li", {
						class: severity,
						children: [
							/* @__PURE__ */ a("span", {
								class: `fault ${severity}`,
								children: [/* @__PURE__ */ a(Sign, { name: severity }), /* @__PURE__ */ a("span", {
									class: "unseen",
									children: [severity, ": "]
								})]
							}),
							/* @__PURE__ */ a("div", {
								class: "what",
								children: [/* @__PURE__ */ a("a", {
									href: linkTo({ page: "posts" }),
									onClick: () => seekRule(rule),
									children: /* @__PURE__ */ a("code", { children: rule })
								}), wrong !== void 0 && /* @__PURE__ */ a("p", { children: wrong })]
							}),
							/* @__PURE__ */ a("span", {
								class: "times",
								children: [times, /* @__PURE__ */ a("span", {
									class: "of",
									children: [" in ", count(posts.length, "post")]
								})]
							}),
							/* @__PURE__ */ a("meter", {
								class: "bar",
								min: 0,
								max: most,
								value: times,
								"aria-hidden": "true"
							})
						]
					}, rule))
				})
			]
		});
	}

// src/preview/app/app.tsx
	function App() {
		const all = overview.value;
		useSignalEffect(() => {
			const { value } = overview;
			document.title = value === void 0 ? "Broadside preview" : `${nameplate(value)} · Broadside preview`;
		});
		if (all === void 0) return /* @__PURE__ */ a("main", {
			class: "page",
			children: /* @__PURE__ */ a("p", {
				class: "nothing",
				role: "status",
				children: failure.value ?? "Reading the posts …"
			})
		});
		return /* @__PURE__ */ a($, { children: [
			/* @__PURE__ */ a("a", {
				class: "skip",
				href: "#content",
				onClick: skip,
				children: "Skip to the content"
			}),
			/* @__PURE__ */ a(Head, { all }),
			/* @__PURE__ */ a(Notices, { all }),
			/* @__PURE__ */ a(Place, { all }),
			/* @__PURE__ */ a(Help, {})
		] });
	}
	function skip(event) {
		event.preventDefault();
		const content = document.querySelector("#content");
		content?.setAttribute("tabindex", "-1");
		content?.focus();
	}
	function nameplate(all) {
		const at = route.value;
		if (at.page === "post") return findLine(at.name)?.title ?? at.name;
		if (at.page === "letters") return "Letters";
		return at.page === "calendar" ? "Calendar" : at.page === "rules" ? "What is wrong" : all.site.title;
	}
	function Place({ all }) {
		const at = route.value;
		if (at.page === "post") return /* @__PURE__ */ a(PostPage, {
			name: at.name,
			tab: at.tab,
			all
		});
		if (at.page === "letters") return /* @__PURE__ */ a(LetterPage, { all });
		if (at.page === "calendar") return /* @__PURE__ */ a(CalendarPage, {
			span: at.span,
			day: at.day,
			all
		});
		return at.page === "rules" ? /* @__PURE__ */ a(RulePage, { all }) : /* @__PURE__ */ a(PostList, { all });
	}
	function Head({ all }) {
		const { page } = route.value;
		const line = route.value.page === "post" ? findLine(route.value.name) : void 0;
		const isOfLetter = line !== void 0 && isLetter(line);
		const faults = all.rules.reduce((sum, rule) => sum + rule.count, 0);
		return /* @__PURE__ */ a("header", {
			class: "head",
			children: [
				/* @__PURE__ */ a("p", {
					class: "brand",
					children: /* @__PURE__ */ a("a", {
						href: linkTo({ page: "posts" }),
						children: ["Broadside ", /* @__PURE__ */ a("span", {
							class: "site",
							children: all.site.title
						})]
					})
				}),
				/* @__PURE__ */ a("nav", {
					"aria-label": "Parts of the preview",
					children: [
						/* @__PURE__ */ a("a", {
							href: linkTo({ page: "posts" }),
							"aria-current": page === "posts" || page === "post" && !isOfLetter ? "page" : void 0,
							children: ["Posts ", /* @__PURE__ */ a("span", {
								class: "number",
								children: all.posts.length
							})]
						}),
						all.letters.length > 0 && /* @__PURE__ */ a("a", {
							href: linkTo({ page: "letters" }),
							"aria-current": page === "letters" || isOfLetter ? "page" : void 0,
							children: ["Letters ", /* @__PURE__ */ a("span", {
								class: "number",
								children: all.letters.length
							})]
						}),
						/* @__PURE__ */ a("a", {
							href: linkTo({
								page: "calendar",
								span: "month",
								day: ""
							}),
							"aria-current": page === "calendar" ? "page" : void 0,
							children: "Calendar"
						}),
						/* @__PURE__ */ a("a", {
							href: linkTo({ page: "rules" }),
							"aria-current": page === "rules" ? "page" : void 0,
							children: ["What is wrong ", /* @__PURE__ */ a("span", {
								class: "number",
								children: faults
							})]
						})
					]
				}),
				/* @__PURE__ */ a("div", {
					class: "tools",
					children: [
						/* @__PURE__ */ a(Clock, { all }),
						/* @__PURE__ */ a(ThemeSwitch, {}),
						/* @__PURE__ */ a("button", {
							type: "button",
							class: "tool keys",
							"aria-label": "Keys",
							title: "Keys (?)",
							onClick: () => isHelpOpen.value = true,
							children: /* @__PURE__ */ a("kbd", { children: "?" })
						})
					]
				})
			]
		});
	}
	const next = {
		auto: "light",
		light: "dark",
		dark: "auto"
	};
	const sign = {
		auto: "auto",
		light: "sun",
		dark: "moon"
	};
	function ThemeSwitch() {
		const name = `Colours: ${theme.value === "auto" ? "as the system has them" : theme.value}`;
		return /* @__PURE__ */ a("button", {
			type: "button",
			class: "tool",
			"aria-label": name,
			title: name,
			onClick: () => theme.value = next[theme.value],
			children: /* @__PURE__ */ a(Sign, { name: sign[theme.value] })
		});
	}
	function Notices({ all }) {
		return /* @__PURE__ */ a("aside", {
			class: "notices",
			"aria-label": "Notices",
			children: [
				/* @__PURE__ */ a("p", {
					class: "notice calm",
					children: [
						/* @__PURE__ */ a("span", { children: all.banner.join(" ") }),
						all.isLedgerElsewhere === true && all.token !== void 0 && /* @__PURE__ */ a("span", {
							class: "of-ledger",
							children: /* @__PURE__ */ a(LedgerButton, { token: all.token })
						}),
						all.rendering !== void 0 && /* @__PURE__ */ a("span", { children: [
							"Rendering ",
							count(all.rendering.of, "copy", "copies"),
							" to see where they stand:",
							" ",
							all.rendering.done,
							" done."
						] }),
						all.from === "server" && /* @__PURE__ */ a("span", {
							class: isConnected.value ? "link-state" : "link-state is-lost",
							role: "status",
							children: isConnected.value ? "follows your files" : "the server has stopped: this is its last state"
						})
					]
				}),
				failure.value !== void 0 && /* @__PURE__ */ a("p", {
					class: "notice bad",
					role: "alert",
					children: failure.value
				}),
				all.problem !== void 0 && /* @__PURE__ */ a(ProblemNotice, { problem: all.problem })
			]
		});
	}
	function ProblemNotice({ problem }) {
		const { code, message, remedy, file, line, column, editorUrl } = problem;
		const place = [
			file,
			line,
			column
		].filter((part) => part !== void 0).join(":");
		return /* @__PURE__ */ a("div", {
			class: "notice bad",
			role: "alert",
			children: [
				/* @__PURE__ */ a("p", { children: [
					/* @__PURE__ */ a("strong", { children: code }),
					" ",
					message
				] }),
				/* @__PURE__ */ a("p", { children: [
					remedy,
					" ",
					place !== "" && (editorUrl === void 0 ? /* @__PURE__ */ a("code", { children: place }) : /* @__PURE__ */ a("a", {
						href: editorUrl,
						children: place
					}))
				] }),
				/* @__PURE__ */ a("p", { children: "Until then the page shows how it was before." })
			]
		});
	}
	function Help() {
		const box = T$1(null);
		const isOpen = isHelpOpen.value;
		F$1(() => {
			if (isOpen && box.current?.open === false) box.current.showModal();
			if (!isOpen) box.current?.close();
		}, [isOpen]);
		return /* @__PURE__ */ a("dialog", {
			ref: box,
			class: "help",
			"aria-labelledby": "help-title",
			onClose: () => isHelpOpen.value = false,
			children: [
				/* @__PURE__ */ a("h2", {
					id: "help-title",
					children: "Keys"
				}),
				/* @__PURE__ */ a("dl", { children: keyHelp.map(([keys, does]) => /* @__PURE__ */ a("div", { children: [/* @__PURE__ */ a("dt", { children: keys.split(/ {1,2}/).map((key) => /* @__PURE__ */ a("kbd", { children: key }, key)) }), /* @__PURE__ */ a("dd", { children: does })] }, keys)) }),
				/* @__PURE__ */ a("button", {
					type: "button",
					class: "button",
					onClick: () => isHelpOpen.value = false,
					children: "Close"
				})
			]
		});
	}

// src/preview/app/main.tsx
	followTheme();
	followKeys();
	const place = document.querySelector("#app");
	if (place !== null) Q(/* @__PURE__ */ a(App, {}), place);
	readOverview();
	keepCurrent(() => {
		const line = route.value.page === "post" ? findLine(route.value.name) : void 0;
		return line === void 0 ? [] : [line.id];
	});

})();